// The form that gives an account one more hat.
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { Field } from "../../api/types";
import { PartyControl } from "../../form/pickers";
import { useSpeech } from "../../i18n";
import { messages } from "../../i18n/messages";
import { type Role, roles, roleWord } from "./roles";

export type Grant = { office?: string; role?: Role; party?: string; as?: "agent" | "owner" };

const partyField: Field = { name: "party", title: { zh: messages["adm.party"][0], en: messages["adm.party"][1] }, type: "party" };

/** kinds are what each administrator gives, as the server has it: offices and roles are the security administrator's; parties, and the
 * first security and audit administrator, the system administrator's. */
const kinds = { security: ["office", "role"], system: ["party", "role"] } as const;
const first: Role[] = ["admin.security", "admin.audit"];

/** GrantForm gives one hat: an office (with its district where there is one in each), a role, or a party to act for. */
export function GrantForm({ security, give }: { security: boolean; give: (g: Grant) => Promise<boolean> }) {
  const { t, tx } = useSpeech();
  const offices = useQuery(q.offices());
  const [what, setWhat] = useState<"office" | "role" | "party">(security ? "office" : "party");
  const [value, setValue] = useState("");
  const [district, setDistrict] = useState("");
  const [as, setAs] = useState<"agent" | "owner">("agent");
  const inDistricts = offices.data?.find((o) => o.name === value)?.district ?? false;
  const grant = (): Grant =>
    what === "office"
      ? { office: inDistricts ? `${value}/${district.trim()}` : value }
      : what === "role"
        ? { role: value as Role }
        : { party: value, as };
  return (
    <form
      className="stack-s"
      onSubmit={(e) => {
        e.preventDefault();
        void give(grant()).then((ok) => ok && setValue(""));
      }}
    >
      <div className="row">
        <Select
          aria-label={t("adm.grant")}
          value={what}
          options={kinds[security ? "security" : "system"].map((k) => ({ value: k, label: t(`adm.${k}`) }))}
          onChange={(k) => {
            setWhat(k);
            setValue("");
          }}
        />
        {what === "office" && (
          <Select
            aria-label={t("adm.office")}
            style={{ minWidth: 200 }}
            value={value || undefined}
            options={(offices.data ?? []).map((o) => ({ value: o.name, label: tx(o.title) }))}
            onChange={setValue}
          />
        )}
        {what === "role" && (
          <Select
            aria-label={t("adm.role")}
            style={{ minWidth: 200 }}
            value={value || undefined}
            options={(security ? roles : first).map((r) => ({ value: r, label: roleWord(r, t) }))}
            onChange={setValue}
          />
        )}
        {what === "party" && (
          <Select
            aria-label={t("adm.as")}
            value={as}
            options={[
              { value: "agent", label: t("adm.as.agent") },
              { value: "owner", label: t("adm.as.owner") },
            ]}
            onChange={setAs}
          />
        )}
        {inDistricts && (
          <Input
            className="plain-number"
            aria-label={t("adm.office.code")}
            placeholder={t("adm.office.code")}
            value={district}
            onChange={(e) => setDistrict(e.target.value)}
          />
        )}
      </div>
      {what === "party" && (
        <PartyControl
          field={partyField}
          id="grant-party"
          name={t("adm.party")}
          value={value}
          invalid={false}
          onChange={(v) => setValue(String(v ?? ""))}
          compact
        />
      )}
      <div>
        <Button htmlType="submit" disabled={!value || (inDistricts && !district.trim())}>
          {t("adm.grant")}
        </Button>
      </div>
    </form>
  );
}
