import { useQuery } from "@tanstack/react-query";
import { q } from "../../api/queries";

/** useDistrict names a district by its code; a code of elsewhere stays as it is. */
export function useDistrict(): (code: string | undefined) => string {
  const words = useQuery(q.registerWords());
  const names = new Map((words.data?.regions ?? []).map((r) => [r.code, r.name]));
  return (code) => (code ? (names.get(code) ?? code) : "");
}
