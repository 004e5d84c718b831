// A file of the pack in an editor: line numbers, search, and every finding where it stands. The library is loaded with this page only.
import { yaml } from "@codemirror/lang-yaml";
import { syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "react";
import type { Finding } from "../../api/types";
import { useSpeech } from "../../i18n";

type Props = {
  file: string;
  text: string; // as the file begins; later changes come back through onChange
  findings: readonly Finding[];
  at?: { line: number }; // where it is to stand
  onChange: (text: string) => void;
};

/** phrases are the library's own words in Chinese. */
const phrases = {
  Find: "查找",
  Replace: "替换为",
  next: "下一处",
  previous: "上一处",
  all: "全部选中",
  "match case": "区分大小写",
  regexp: "正则",
  "by word": "整词",
  replace: "替换",
  "replace all": "全部替换",
  close: "关闭",
  "Go to line": "转到行",
  go: "转到",
  "current match": "当前一处",
  "replaced $ matches": "已替换 $ 处",
  "replaced match on line $": "已替换第 $ 行的一处",
  "on line": "在行",
  Diagnostics: "核验结果",
  "No diagnostics": "没有问题",
  "Fold line": "折叠",
  "Unfold line": "展开",
  "folded code": "已折叠",
  unfold: "展开",
};

/** Editor edits one file; give it a key of the file's name, so that another file gets an editor of its own. */
export function Editor({ file, text, findings, at, onChange }: Props) {
  const { t, tx, lang } = useSpeech();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor keeps its own text; it is made once a file
  useEffect(() => {
    const made = new EditorView({
      parent: host.current ?? undefined,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          file.endsWith(".yaml") ? yaml() : [],
          syntaxHighlighting(classHighlighter), // colours are the page's own, in reading.css
          lintGutter(),
          linter(null),
          EditorState.phrases.of(lang === "zh" ? phrases : {}),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": t("ed.editor", { file }) }),
          EditorView.updateListener.of((u) => {
            if (u.docChanged) changed.current(u.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const v = view.current;
    if (!v) return;
    const marks = findings
      .filter((f) => f.file === file)
      .map((f): Diagnostic => {
        const line = v.state.doc.line(Math.min(Math.max(f.line, 1), v.state.doc.lines));
        const from = Math.min(line.from + Math.max(f.col - 1, 0), line.to);
        return {
          from,
          to: Math.max(line.to, from),
          severity: "error",
          message: [tx(f.message), tx(f.hint)].filter(Boolean).join("\n"),
        };
      });
    v.dispatch(setDiagnostics(v.state, marks));
  }, [findings, file, tx]);

  useEffect(() => {
    const v = view.current;
    if (!v || !at) return;
    const line = v.state.doc.line(Math.min(Math.max(at.line, 1), v.state.doc.lines));
    v.dispatch({
      selection: { anchor: line.from, head: line.to },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    v.focus();
  }, [at]);

  return <div ref={host} className="editor" />;
}
