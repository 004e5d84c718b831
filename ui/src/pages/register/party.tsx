import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { api, got } from "../../api/client";
import { q } from "../../api/queries";
import { RefusedError } from "../../api/refusals";
import type { Party } from "../../api/types";
import { Icon } from "../../design/icons";
import { FactRow, PartyName } from "../../form/show";
import { useSpeech } from "../../i18n";
import { Money } from "../../kit/figures";
import { Load } from "../../kit/load";
import { Bones } from "../../kit/note";
import { PageHead } from "../../kit/page";
import { Refusals } from "../../kit/refusals";
import { Standing } from "../../kit/standing";
import { has, useActor } from "../../shell/session";
import { formatShare } from "../../words/share";
import { useDistrict } from "./district";
import { kindKey } from "./kinds";
import { PartyLinks } from "./links";

export function PartyPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const party = useQuery(q.party(id));
  return (
    <Load page query={party} bones={<Bones lines={10} />}>
      {(data) => <PartyBody party={data} />}
    </Load>
  );
}

function PartyBody({ party: p }: { party: Party }) {
  const { t } = useSpeech();
  const district = useDistrict();
  const actor = useActor();
  const staff = has(actor, "register");
  const owner = actor?.parties?.some((m) => m.party === p.id) ?? false;
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();

  function remove() {
    modal.confirm({
      title: t("reg.remove.confirm", { name: p.name }),
      content: t("reg.remove.body"),
      okText: t("reg.remove"),
      okButtonProps: { danger: true },
      cancelText: t("act.cancel"),
      icon: null,
      onOk: async () => {
        try {
          await got(api.DELETE("/api/parties/{id}", { params: { path: { id: p.id }, query: { revision: p.revision } } }));
          void message.success(t("reg.removed", { name: p.name }));
          await client.invalidateQueries({ queryKey: ["parties"] });
          await navigate({ to: "/register" });
        } catch (error) {
          if (error instanceof RefusedError)
            modal.error({ title: t("refuse.one"), content: <Refusals list={error.refusals} />, icon: null });
        }
      },
    });
  }

  const rows: [string, React.ReactNode][] = [
    [t("reg.kind"), t(kindKey(p.kind))],
    [t("reg.uscc"), p.uscc && <code>{p.uscc}</code>],
    [t("reg.region"), district(p.region)],
    [t("reg.parent"), p.parent && <PartyName id={p.parent} />],
    [t("reg.employer"), p.employer && <PartyName id={p.employer} />],
    [t("reg.aliases"), p.aliases?.join(t("word.and"))],
    [t("reg.expertise"), p.expertise?.join(t("word.and"))],
    [t("reg.expert"), p.expert ? t("act.yes") : undefined],
    [t("reg.legal"), p.legalRep],
    [t("reg.address"), p.address],
    [t("reg.contact"), p.contact],
    [t("reg.phone"), p.phone],
    [t("reg.email"), p.email],
    [t("reg.revenue"), p.revenue ? <Money key="r" fen={p.revenue} /> : undefined],
    [t("reg.rd"), p.rdShare ? formatShare(p.rdShare) : undefined],
  ];
  return (
    <>
      <PageHead
        title={p.name}
        back={{ to: "/register", label: t("reg.title") }}
        lead={
          <span className="row">
            {p.synthetic && <span className="badge s-stopped">{t("reg.synthetic")}</span>}
            {p.deleted && <Standing status="stopped">{t("reg.deleted")}</Standing>}
          </span>
        }
      >
        {(staff || owner) && !p.deleted && (
          <>
            {staff && (
              <Button danger icon={<Icon name="trash" />} onClick={remove}>
                {t("reg.remove")}
              </Button>
            )}
            <Link to="/register/$id/edit" params={{ id: p.id }}>
              <Button type="primary" tabIndex={-1} icon={<Icon name="pen" />}>
                {t("reg.edit")}
              </Button>
            </Link>
          </>
        )}
      </PageHead>
      <div className="stack">
        <section className="sheet sheet-pad" aria-label={p.name}>
          <dl className="facts">
            {rows
              .filter(([, v]) => v)
              .map(([label, value]) => (
                <FactRow key={label} label={label}>
                  {value}
                </FactRow>
              ))}
          </dl>
          {!staff && !owner && <p className="small muted">{t("reg.partial")}</p>}
        </section>
        <PartyLinks id={p.id} />
      </div>
    </>
  );
}
