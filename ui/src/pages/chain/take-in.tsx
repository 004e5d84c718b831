// Taking a map in from Excel (or tables, or JSON): what it would change is told first, what is wrong by sheet, row and column.
import { Button, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { api, got } from "../../api/client";
import { useSending } from "../../api/sending";
import type { ChainTaken } from "../../api/types";
import { Icon } from "../../design/icons";
import { useSpeech } from "../../i18n";
import { Note } from "../../kit/note";
import { Refusals } from "../../kit/refusals";

type Chosen = { names: string[]; files: Record<string, string>; books: Record<string, string> };

/** base64 writes bytes as the API takes them, in pieces that an argument list holds. */
function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 32_768) text += String.fromCharCode(...bytes.subarray(i, i + 32_768));
  return btoa(text);
}

async function readFiles(list: FileList): Promise<Chosen> {
  const chosen: Chosen = { names: [], files: {}, books: {} };
  for (const f of Array.from(list)) {
    chosen.names.push(f.name);
    if (/\.(csv|json|jsonl)$/i.test(f.name)) chosen.files[f.name] = await f.text();
    else chosen.books[f.name] = base64(new Uint8Array(await f.arrayBuffer()));
  }
  return chosen;
}

export function TakeIn({ chain, close, done }: { chain: string; close: () => void; done: (n: ChainTaken) => void }) {
  const { t } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [source, setSource] = useState("");
  const [found, setFound] = useState<ChainTaken | null>(null);
  const { busy, refusals, send, clear } = useSending();
  const ask = (c: Chosen, only: boolean) =>
    got(
      api.POST("/api/chains/imports", {
        body: { files: c.files, books: c.books, source: source.trim() || c.names.join("、"), try: only },
      }),
    );
  const look = async (list: FileList | null) => {
    if (!list || list.length === 0) return;
    setFound(null);
    clear();
    const c = await readFiles(list);
    setChosen(c);
    await send(async () => setFound(await ask(c, true)));
  };
  const changes = found ? found.nodes + found.edges + found.supplies : 0;
  return (
    <Modal
      open
      width={640}
      title={t("chain.import")}
      okText={t("chain.import.write")}
      okButtonProps={{ disabled: changes === 0 }}
      confirmLoading={busy}
      onOk={() => chosen && void send(async () => done(await ask(chosen, false)))}
      onCancel={close}
    >
      <div className="stack">
        <p>{t("chain.import.lead")}</p>
        <div className="row">
          <Button icon={<Icon name="down" />} href="/api/chains/book.xlsx?template=true">
            {t("chain.import.template")}
          </Button>
          <Button icon={<Icon name="down" />} href={`/api/chains/book.xlsx${chain ? `?chain=${encodeURIComponent(chain)}` : ""}`}>
            {t("chain.import.present")}
          </Button>
        </div>
        <div className="row">
          <Button type={chosen ? "default" : "primary"} icon={<Icon name="up" />} onClick={() => input.current?.click()}>
            {t("chain.import.choose")}
          </Button>
          {chosen && <span>{chosen.names.join("、")}</span>}
          <input
            ref={input}
            type="file"
            multiple
            hidden
            accept=".xlsx,.csv,.json"
            aria-label={t("chain.import.choose")}
            onChange={(e) => {
              void look(e.target.files);
              e.target.value = "";
            }}
          />
        </div>
        {refusals.length > 0 && <Refusals list={refusals} />}
        {found && changes === 0 && (
          <Note status="running">{found.same > 0 ? t("chain.import.same", { n: found.same }) : t("chain.import.empty")}</Note>
        )}
        {found && changes > 0 && (
          <>
            <Note status="done">{t("chain.import.found", found)}</Note>
            <label htmlFor="chain-import-source">{t("chain.form.source")}</label>
            <Input
              id="chain-import-source"
              value={source}
              placeholder={chosen?.names.join("、")}
              onChange={(e) => setSource(e.target.value)}
            />
          </>
        )}
      </div>
    </Modal>
  );
}
