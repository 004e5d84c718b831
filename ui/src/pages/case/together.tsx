import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { View } from "../../api/types";
import { Icon } from "../../design/icons";
import "../../design/thread.css";
import { useSpeech } from "../../i18n";
import { Standing, standingOf } from "../../kit/standing";

/** Together is what belongs together with a case, nearest first; all of it is on the thread's page. */
export function Together({ view }: { view: View }) {
  const { t, tx } = useSpeech();
  if (view.links.length === 0 && view.things.length === 0) return null;
  return (
    <section className="thread-panel" aria-label={t("thread.panel")}>
      <ul>
        {view.things.map((x) => (
          <li key={x.name}>
            <span className="muted">{tx(x.title)}</span>{" "}
            <Link to="/register/records/$id" params={{ id: x.record }}>
              {x.label}
            </Link>
          </li>
        ))}
        {view.links.map((x) => (
          <li key={`${x.link} ${x.case}`}>
            <span className="muted">{tx(x.title) || tx(x.mechanism)}</span>{" "}
            {x.seen ? (
              <>
                <Link to="/cases/$id" params={{ id: x.case }}>
                  {x.label || x.case}
                </Link>{" "}
                {x.state && <Standing status={standingOf(x.state)}>{tx(x.state.title)}</Standing>}
              </>
            ) : (
              <span className="muted">
                <Icon name="lock" size={12} /> {tx(x.mechanism)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Link to="/cases/$id/thread" params={{ id: view.id }} className="no-print">
        <Button size="small" icon={<Icon name="link" size={12} />} tabIndex={-1}>
          {t("thread.open")}
        </Button>
      </Link>
    </section>
  );
}
