// A party is edited with the same form renderer as every mechanism's form: its fields are defined here, once.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { App } from "antd";
import { useMemo, useState } from "react";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import type { Refusal } from "../../api/refusals";
import type { Field, Form, Party, Values } from "../../api/types";
import { typedRow, wireRow } from "../../form/values";
import { type Key, useSpeech } from "../../i18n";
import { messages } from "../../i18n/messages";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { useEditing } from "./editing";
import { kindKey, kinds } from "./kinds";
import { EditSheet } from "./sheet";

const both = (key: Key) => ({ zh: messages[key][0], en: messages[key][1] });

function field(name: keyof Party & string, title: Key, type: Field["type"], more: Partial<Field> = {}): Field {
  return { name, title: both(title), type, optional: true, ...more };
}

const partyForm: Form = {
  name: "party",
  title: both("reg.edit"),
  fields: [
    field("kind", "reg.kind", "choice", {
      optional: false,
      choices: kinds.map((k) => ({ value: k, title: both(kindKey(k)) })),
    }),
    field("name", "reg.name", "text", { optional: false, max: 100 }),
    field("uscc", "reg.uscc", "text", { max: 18, help: both("reg.uscc.help") }),
    field("region", "reg.region", "choice"),
    field("parent", "reg.parent", "party", { help: both("reg.parent.help") }),
    field("aliases", "reg.aliases", "text", { help: both("reg.aliases.help") }),
    field("legalRep", "reg.legal", "text", { max: 100 }),
    field("address", "reg.address", "text", { max: 100 }),
    field("contact", "reg.contact", "text", { max: 100 }),
    field("phone", "reg.phone", "text", { max: 40 }),
    field("email", "reg.email", "text", { max: 100 }),
    field("revenue", "reg.revenue", "money"),
    field("rdShare", "reg.rd", "share"),
    field("employer", "reg.employer", "party"),
    field("expert", "reg.expert", "flag"),
    field("expertise", "reg.expertise", "text", { help: both("reg.aliases.help") }),
  ],
};
// What is asked of people, and what of organisations only.
const ofPeople = new Set(["employer", "expert", "expertise"]);
const ofOrganisations = new Set(["uscc", "parent", "legalRep", "revenue", "rdShare"]);

/** formFor is the form for a kind of party, with the regions that the register knows. */
function formFor(kind: unknown, regions: { code: string; name: string }[]): Form {
  const other = kind === "person" ? ofOrganisations : ofPeople;
  return {
    ...partyForm,
    fields: partyForm.fields
      .filter((f) => !other.has(f.name))
      .map((f) =>
        f.name === "region"
          ? {
              ...f,
              choices: regions.map((r) => ({ value: r.code, title: { zh: `${r.name} ${r.code}`, en: `${r.name} ${r.code}` } })),
            }
          : f,
      ),
  };
}

const lists = ["aliases", "expertise"] as const;

function toValues(p: Party): Values {
  const values: Values = { ...p };
  for (const name of lists) values[name] = (p[name] ?? []).join("\n");
  return values;
}

function toParty(values: Values, was: Party | undefined): Party {
  const party = { ...values } as Values;
  for (const name of lists)
    party[name] =
      typeof values[name] === "string"
        ? values[name]
            .split(/\n+/)
            .map((s) => s.trim())
            .filter(Boolean)
        : [];
  return { ...(party as unknown as Party), id: was?.id ?? "", revision: was?.revision ?? 0, synthetic: was?.synthetic };
}

export function EditPartyPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const party = useQuery({ ...q.party(id ?? ""), enabled: id !== undefined, refetchOnWindowFocus: false });
  if (!id) return <EditForm />;
  return (
    <Load page query={party} bones={<Bones lines={10} height={24} />}>
      {(data) => <EditForm party={data} />}
    </Load>
  );
}

function EditForm({ party }: { party?: Party }) {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const filled = useMemo(() => (party ? toValues(party) : {}), [party]);
  const edit = useEditing(`party.${party?.id ?? "new"}`, () => typedRow(partyForm.fields, filled));
  const [base, setBase] = useState(party);
  const words = useQuery(q.registerWords());
  const form = formFor(edit.values.kind, words.data?.regions ?? []);

  async function store() {
    const body = toParty(wireRow(form.fields, edit.values), base);
    const saved = party?.id
      ? await got(api.PUT("/api/parties/{id}", { params: { path: { id: party.id } }, body }))
      : await got(api.POST("/api/parties", { body }));
    edit.done();
    void message.success(t("reg.saved", { name: saved.name }));
    await client.invalidateQueries({ queryKey: ["parties"] });
    client.setQueryData(["party", saved.id], saved);
    await navigate({ to: "/register/$id", params: { id: saved.id } });
  }

  const lost: Refusal = { kind: "unavailable", id: "ui.lost", text: { zh: t("load.failed.way"), en: t("load.failed.way") } };
  const submit = () =>
    edit.send(
      form,
      store,
      (error) => {
        if (error.status === 409 && party?.id)
          return async () => setBase(await got(api.GET("/api/parties/{id}", { params: { path: { id: party.id } } })));
      },
      (error) => (error.refusals.length > 0 ? error.refusals : [lost]),
    );

  const back = party?.id ? { to: `/register/${party.id}`, label: party.name } : { to: "/register", label: t("reg.title") };
  return (
    <>
      <PageHead title={party ? t("reg.edit.title", { name: party.name }) : t("reg.new")} back={back} />
      <EditSheet form={form} {...edit.sheet} stale={edit.stale && t("reg.stale")} back={back.to} onSave={() => void submit()} />
    </>
  );
}
