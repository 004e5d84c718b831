import { useQuery } from "@tanstack/react-query";
import { q } from "../../api/queries";
import { useSpeech } from "../../i18n";

/** useStatus says how a record stands in the reader's language: its kind names the field and what its values are called. */
export function useStatus(): (record: { kind: string; status?: string }) => string {
  const { tx } = useSpeech();
  const kinds = useQuery(q.kinds());
  return ({ kind, status = "" }) => {
    const of = kinds.data?.find((k) => k.name === kind);
    const field = of?.fields.find((f) => f.name === of.status);
    return tx(field?.choices?.find((c) => c.value === status)?.title) || status;
  };
}
