// The decision is a step of a case. The answer goes into the draft of a step that waits for me and whose form takes a file; which
// mechanism that is, nothing here knows.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { api, got, sendFile } from "../../api/client";
import { q } from "../../api/queries";
import { useSending } from "../../api/sending";
import type { Doc, Option, View } from "../../api/types";
import { useSpeech } from "../../i18n";
import { Refusals } from "../../kit/refusals";

type Place = { view: View; option: Option; field: NonNullable<Option["form"]>["fields"][number] };

/** taking finds the steps that may be done now and whose form has an empty field for a file; what others have filled in and signed stays. */
export function taking(view: View): Place[] {
  return view.options
    .filter((o) => (o.refused ?? []).length === 0)
    .flatMap((option) =>
      (option.form?.fields ?? [])
        .filter((f) => f.type === "document" && !option.values?.[f.name])
        .map((field) => ({ view, option, field })),
    );
}

export function Attach({ file, close }: { file: () => Promise<File>; close: () => void }) {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const desk = useQuery(q.desk());
  const waiting = (desk.data?.waiting ?? []).slice(0, 40);
  const places = useQuery({
    queryKey: ["takes-file", waiting.map((i) => i.case)],
    enabled: desk.isSuccess,
    queryFn: async () => {
      const all = await Promise.all(
        waiting.map((i) => got(api.GET("/api/cases/{id}", { params: { path: { id: i.case } } })).catch(() => null)),
      );
      return all.flatMap((view) => (view ? taking(view) : []));
    },
  });
  const [chosen, setChosen] = useState<number>();
  const { busy, refusals, send } = useSending();
  const go = async () => {
    const place = chosen === undefined ? undefined : places.data?.[chosen];
    if (!place) return;
    await send(async () => {
      const doc = await sendFile<Doc>("/api/documents", await file());
      const { view, option, field } = place;
      await got(
        api.PUT("/api/cases/{id}/drafts/{step}", {
          params: { path: { id: view.id, step: option.step } },
          body: {
            record: option.record || undefined,
            part: option.part || undefined,
            values: { ...option.values, ...option.draft, [field.name]: doc },
          },
        }),
      );
      void navigate({
        to: "/cases/$id/do/$step",
        params: { id: view.id, step: option.step },
        search: { record: option.record, part: option.part, seat: option.seat } as never,
      });
    });
  };
  return (
    <Modal open title={t("plan.attach")} onCancel={close} footer={null}>
      <div className="stack">
        <p>{t("plan.attach.lead")}</p>
        {refusals.length > 0 && <Refusals list={refusals} />}
        {places.isSuccess && places.data.length === 0 ? (
          <p className="muted">{t("plan.attach.none")}</p>
        ) : (
          <Select
            aria-label={t("plan.attach.case")}
            placeholder={t("plan.attach.case")}
            loading={!places.isSuccess}
            value={chosen}
            onChange={setChosen}
            options={(places.data ?? []).map((p, k) => ({
              value: k,
              label: `${tx(p.option.title)} · ${tx(p.field.title)} · ${p.view.title}`,
            }))}
          />
        )}
        <Button type="primary" disabled={chosen === undefined} loading={busy} onClick={() => void go()}>
          {t("plan.attach")}
        </Button>
      </div>
    </Modal>
  );
}
