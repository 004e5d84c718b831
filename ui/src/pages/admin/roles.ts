import type { Key, Vars } from "../../i18n";
import { messages } from "../../i18n/messages";

export const roles = [
  "admin.system",
  "admin.security",
  "admin.audit",
  "auditor",
  "register",
  "finance",
  "statistics",
  "policy",
] as const;
export type Role = (typeof roles)[number];

export function roleWord(role: string, t: (key: Key, vars?: Vars) => string): string {
  const key = `role.${role}`;
  return key in messages ? t(key as Key) : role;
}
