// The drawing of a chain: places come from the server, here they are only drawn, moved and lit.
import { Button } from "antd";
import { type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { ChainNode, ChainView } from "../../api/types";
import { useNarrow } from "../../design/narrow";
import { useSpeech } from "../../i18n";
import { asRisk } from "./risk";

const box = { w: 148, h: 36, dx: 192, dy: 30 }; // a step of Y is half a place
const most = 600;

export type Lit = { chosen?: string; stops: Set<string>; match?: (n: ChainNode) => boolean };

type Frame = { x: number; y: number; w: number; h: number };

export function ChainMap({ view, lit, onPick }: { view: ChainView; lit: Lit; onPick: (id: string) => void }) {
  const { t, tx } = useSpeech();
  const shown = useMemo(() => pick(view, lit), [view, lit]);
  const whole: Frame = useMemo(() => {
    const w = Math.max(view.layers, 1) * box.dx + 32;
    const h = Math.max(view.height, 1) * box.dy * 2 + 32;
    return { x: -16, y: -16, w, h };
  }, [view]);
  // On a phone the whole is too small to read: it begins with a part that can be read, the rest is dragged in.
  const narrow = useNarrow();
  const first: Frame = useMemo(() => {
    const w = Math.min(whole.w, 2.4 * box.dx);
    return narrow ? { ...whole, w, h: Math.min(whole.h, w) } : whole;
  }, [narrow, whole]);
  const [frame, setFrame] = useState(first);
  useEffect(() => setFrame(first), [first]);
  const drag = useRef<{ x: number; y: number; frame: Frame } | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const zoom = (by: number) =>
    setFrame((f) => ({ x: f.x + (f.w * (1 - by)) / 2, y: f.y + (f.h * (1 - by)) / 2, w: f.w * by, h: f.h * by }));
  const unit = () => frame.w / Math.max(svg.current?.clientWidth ?? 1, 1);
  const move = (e: PointerEvent) => {
    const from = drag.current;
    if (!from) return;
    const u = Math.max(unit(), frame.h / Math.max(svg.current?.clientHeight ?? 1, 1));
    setFrame({ ...from.frame, x: from.frame.x - (e.clientX - from.x) * u, y: from.frame.y - (e.clientY - from.y) * u });
  };
  const spot = (k: number) => {
    const s = view.nodes[k]?.spot ?? { x: 0, y: 0 };
    return { x: s.x * box.dx, y: s.y * box.dy };
  };
  const dim = (n: ChainNode) => {
    if (lit.match && !lit.match(n)) return true;
    return lit.chosen !== undefined && n.id !== lit.chosen && !lit.stops.has(n.id) && !near(view, lit.chosen).has(n.id);
  };
  return (
    <div className="chain-map" style={{ aspectRatio: `${first.w} / ${first.h}` }}>
      <svg
        ref={svg}
        viewBox={`${frame.x} ${frame.y} ${frame.w} ${frame.h}`}
        onPointerDown={(e) => {
          drag.current = { x: e.clientX, y: e.clientY, frame };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerLeave={() => {
          drag.current = null;
        }}
      >
        <title>{t("chain.map", { n: view.nodes.length })}</title>
        {view.arcs.map((a, i) => {
          if (!shown.has(a.from) || !shown.has(a.to)) return null;
          const from = spot(a.from);
          const to = spot(a.to);
          const [x1, y1, x2, y2] = [from.x + box.w, from.y + box.h / 2, to.x, to.y + box.h / 2];
          const pull = Math.max(40, Math.abs(x2 - x1) / 2);
          const ends = [view.nodes[a.from], view.nodes[a.to]];
          const light = ends.every((n) => n && (n.id === lit.chosen || lit.stops.has(n.id)));
          const faint = !light && ends.some((n) => n && dim(n));
          const dashed = a.back || a.is === "substitutes" || a.is === "part_of";
          return (
            <path
              key={i}
              className={`chain-arc${dashed ? " dashed" : ""}${light ? " lit" : ""}${faint ? " dim" : ""}`}
              d={`M${x1} ${y1} C${x1 + pull} ${y1} ${x2 - pull} ${y2} ${x2} ${y2}`}
            />
          );
        })}
        {view.nodes.map((n, k) => {
          if (!shown.has(k)) return null;
          const p = spot(k);
          const risk = n.assessed ? `r-${asRisk(n.assessed.risk)}` : "open";
          const word = n.assessed ? ` · ${t(`chain.risk.${asRisk(n.assessed.risk)}`)}` : "";
          const name = tx(n.name) || n.id;
          return (
            // A shape of the drawing cannot be an HTML button; it takes focus and answers the keys as one.
            // biome-ignore lint/a11y/useSemanticElements: SVG has no button element
            <g
              key={n.id}
              role="button"
              tabIndex={0}
              aria-label={`${name}${word}`}
              aria-pressed={n.id === lit.chosen}
              className={`chain-node ${risk}${n.id === lit.chosen ? " chosen" : ""}${dim(n) ? " dim" : ""}`}
              transform={`translate(${p.x} ${p.y})`}
              onClick={() => onPick(n.id)}
              onKeyDown={(e) => {
                if (e.key === "Enter" || e.key === " ") {
                  e.preventDefault();
                  onPick(n.id);
                }
              }}
            >
              <title>{`${name}${word}`}</title>
              <rect width={box.w} height={box.h} rx={4} />
              <text x={box.w / 2} y={box.h / 2 + 5} textAnchor="middle">
                {cut(name)}
              </text>
            </g>
          );
        })}
      </svg>
      <div className="chain-tools">
        <Button size="small" aria-label={t("chain.zoom.in")} title={t("chain.zoom.in")} onClick={() => zoom(0.7)}>
          +
        </Button>
        <Button size="small" aria-label={t("chain.zoom.out")} title={t("chain.zoom.out")} onClick={() => zoom(1 / 0.7)}>
          −
        </Button>
        <Button size="small" onClick={() => setFrame(whole)}>
          {t("chain.zoom.fit")}
        </Button>
      </div>
      {view.nodes.length > most && <p className="small muted">{t("chain.cut", { n: shown.size })}</p>}
    </div>
  );
}

/** pick says which nodes are drawn: all, or of a map that is too large the worst and what is looked for. */
function pick(view: ChainView, lit: Lit): Set<number> {
  if (view.nodes.length <= most) return new Set(view.nodes.keys());
  const place = new Map(view.nodes.map((n, k) => [n.id, k]));
  const wanted = view.nodes.filter((n) => lit.match?.(n)).map((n) => n.id);
  const chosen = lit.chosen ? [lit.chosen, ...near(view, lit.chosen)] : [];
  const ids = [...chosen, ...wanted, ...(view.order ?? view.nodes.map((n) => n.id))].slice(0, most);
  return new Set(ids.flatMap((id) => place.get(id) ?? []));
}

/** near is what a node is joined to. */
function near(view: ChainView, id: string): Set<string> {
  const set = new Set<string>();
  for (const a of view.arcs) {
    const [from, to] = [view.nodes[a.from]?.id, view.nodes[a.to]?.id];
    if (from === id && to) set.add(to);
    if (to === id && from) set.add(from);
  }
  return set;
}

/** cut shortens a name to the width of its box; a Chinese character counts two. */
function cut(name: string): string {
  let width = 0;
  let text = "";
  for (const c of name) {
    width += /[\u2e80-\uffef]/.test(c) ? 2 : 1.1;
    if (width > 19) return `${text}…`;
    text += c;
  }
  return text;
}
