import { useQuery } from "@tanstack/react-query";
import { Radio } from "antd";
import { useState } from "react";
import { q } from "../../api/queries";
import type { View } from "../../api/types";
import { useSpeech } from "../../i18n";

/** Diagram is the mechanism drawn, with where the case stands. */
export function Diagram({ view }: { view: View }) {
  const { t, tx, lang } = useSpeech();
  const [machine, setMachine] = useState("");
  const mechanism = useQuery(q.mechanism(view.mechanism.name));
  const machines = mechanism.data?.machines ?? [];
  return (
    <div className="stack">
      {machines.length > 1 && (
        <Radio.Group
          optionType="button"
          aria-label={t("case.diagram.of")}
          value={machine}
          options={machines.map((m) => ({ value: m.name, label: m.name ? tx(m.title) : t("case.diagram.case") }))}
          onChange={(e) => setMachine(String(e.target.value))}
        />
      )}
      <Drawing
        src={`/api/cases/${view.id}/diagram.svg?lang=${lang}&machine=${encodeURIComponent(machine)}&v=${view.revision}`}
        alt={t("case.diagram.alt", { title: tx(view.mechanism.title), state: tx(view.state.title) })}
      />
    </div>
  );
}

/** Drawing shows a server-drawn picture at its own size, on white in either mode, to be scrolled where it is wider than the page. */
export function Drawing({ src, alt }: { src: string; alt: string }) {
  return (
    // A wide drawing is scrolled with the keyboard too, so its frame takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1)
    <section className="drawing" tabIndex={0} aria-label={alt}>
      <img src={src} alt={alt} loading="lazy" />
    </section>
  );
}
