import { Button } from "antd";
import { useState } from "react";
import type { Mismatch } from "../../api/types";
import { useSpeech } from "../../i18n";
import { printedText } from "../../words/figure";

type Name = { zh: string; en?: string };

/** Mismatches are identities that fail: what is published, what it should be, what that is taken for, and the cells. */
export function Mismatches({ list, items }: { list: Mismatch[]; items: Record<string, Name> }) {
  const { t, tx } = useSpeech();
  const [shown, setShown] = useState(30);
  const name = (item: string) => (items[item] ? tx(items[item]) : item);
  return (
    <div className="stack-s">
      <div className="table-wrap">
        <table className="table">
          <caption className="visually-hidden">{t("series.failed")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("series.where")}</th>
              <th scope="col" className="right">
                {t("series.whole")}
              </th>
              <th scope="col" className="right">
                {t("series.parts")}
              </th>
              <th scope="col">{t("series.why")}</th>
            </tr>
          </thead>
          <tbody>
            {list.slice(0, shown).map((f) => (
              <tr key={`${f.identity} ${f.item} ${f.area} ${f.year} ${f.parts}`}>
                <th scope="row" data-label={t("series.where")}>
                  {f.year} {f.area} {name(f.item)}
                  <p className="small muted">{t(`series.identity.${f.identity as "total"}`)}</p>
                </th>
                <td className="right nowrap" data-label={t("series.whole")}>
                  {printedText(f.whole, f.cells[0]?.places ?? 0)}
                </td>
                <td className="right nowrap" data-label={t("series.parts")}>
                  {printedText(f.parts, f.cells[0]?.places ?? 0)}
                </td>
                <td data-label={t("series.why")}>
                  <span className={`badge s-${f.verdict === "error" || f.verdict === "twice" ? "returned" : "waiting"}`}>
                    {t(`series.verdict.${f.verdict as "error"}`)}
                  </span>{" "}
                  <span className="small">{tx(f.text)}</span>
                  <details>
                    <summary className="small">{t("series.cells", { n: f.cells.length })}</summary>
                    <ul className="small">
                      {f.cells.map((c) => (
                        <li key={`${c.file} ${c.line}`}>
                          {c.area} {name(c.item)} {c.year}: {printedText(c.v, c.places)} {c.unit}{" "}
                          <span className="muted">{t("series.cell", { file: c.file, line: c.line })}</span>
                        </li>
                      ))}
                    </ul>
                  </details>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.length > shown && (
        <div>
          <Button onClick={() => setShown(shown + 100)}>{t("series.more", { n: Math.min(100, list.length - shown) })}</Button>
        </div>
      )}
    </div>
  );
}
