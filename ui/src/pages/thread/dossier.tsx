import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { RefusedError } from "../../api/refusals";
import type { Dossier } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Digest } from "../../kit/figures";
import { Refusals } from "../../kit/refusals";
import { formatMoment } from "../../words/date";
import { formatSize } from "../../words/size";

/** DossierPanel makes the archive of a thread and shows how far it is; it goes on when the reader leaves, and is here when they are back. */
export function DossierPanel({ id }: { id: string }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const list = useQuery(q.dossiers(id));
  const reread = () => client.invalidateQueries({ queryKey: ["dossiers", id] });
  const order = useMutation({
    mutationFn: () => got(api.POST("/api/cases/{id}/dossiers", { params: { path: { id } } })),
    onSuccess: reread,
  });
  const drop = useMutation({
    mutationFn: (dossier: string) => got(api.DELETE("/api/dossiers/{id}", { params: { path: { id: dossier } } })),
    onSuccess: reread,
  });
  const last = list.data?.[0];
  const making = last?.state === "waiting" || last?.state === "running";
  return (
    <section className="dossier no-print" aria-label={t("dossier.title")}>
      <div className="dossier-words">
        <h2>{t("dossier.title")}</h2>
        <p className="small muted">{t("dossier.lead")}</p>
        {order.error instanceof RefusedError && <Refusals list={order.error.refusals} />}
      </div>
      <div className="dossier-act" aria-live="polite">
        {last && making && <Making dossier={last} stop={() => drop.mutate(last.id)} />}
        {last?.state === "done" && <Ready dossier={last} />}
        {last?.state === "failed" && <p className="tone-returned">{t("dossier.failed")}</p>}
        {!making && (
          <Button
            type={last ? "default" : "primary"}
            icon={<Icon name="case" />}
            loading={order.isPending || list.isPending}
            onClick={() => order.mutate()}
          >
            {t(last ? "dossier.again" : "dossier.order")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Making({ dossier, stop }: { dossier: Dossier; stop: () => void }) {
  const { t } = useSpeech();
  const whole = dossier.total || 1;
  return (
    <div className="dossier-making">
      <span>{dossier.total ? t("dossier.running", { done: dossier.done, total: dossier.total }) : t("dossier.waiting")}</span>
      <Progress
        percent={Math.floor((dossier.done / whole) * 100)}
        size="small"
        status="active"
        aria-label={t("dossier.title")}
        className="dossier-bar"
      />
      <Button size="small" onClick={stop}>
        {t("dossier.stop")}
      </Button>
    </div>
  );
}

function Ready({ dossier }: { dossier: Dossier }) {
  const { t } = useSpeech();
  return (
    <div>
      <a href={`/api/dossiers/${dossier.id}/archive.zip`} download className="strong">
        <Icon name="down" size={14} /> {t("dossier.get", { size: formatSize(dossier.size ?? 0), n: dossier.files ?? 0 })}
      </a>
      <p className="small muted">
        {t("dossier.made", { at: formatMoment(dossier.finished ?? dossier.ordered) })}{" "}
        {dossier.digest && <Digest value={dossier.digest} />}
      </p>
    </div>
  );
}
