import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { FactRow } from "../form/show";
import { useSpeech } from "../i18n";
import { isTyping } from "../kit/table";

/** Keys listens to the few keys that work everywhere: / searches, g d goes to the desk, g c to the cases, ? explains. */
export function Keys({ open, setOpen }: { open: boolean; setOpen: (on: boolean) => void }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const [pending, setPending] = useState(false);

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.metaKey || e.ctrlKey || e.altKey || isTyping(e.target)) return;
      if (pending) {
        setPending(false);
        if (e.key === "d") void navigate({ to: "/desk" });
        if (e.key === "c") void navigate({ to: "/cases" });
        return;
      }
      if (e.key === "/") {
        e.preventDefault();
        document.querySelector<HTMLInputElement>("#shell-search")?.focus();
      } else if (e.key === "?") setOpen(true);
      else if (e.key === "g") {
        setPending(true);
        setTimeout(() => setPending(false), 1_200);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, pending, setOpen]);

  const keys = [
    ["/", "keys.search"],
    ["g d", "keys.desk"],
    ["g c", "keys.cases"],
    ["j k", "keys.rows"],
    ["Enter", "keys.open"],
    ["Esc", "keys.close"],
    ["?", "keys.help"],
  ] as const;
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t("keys.title")}>
      <dl className="facts">
        {keys.map(([key, word]) => (
          <FactRow key={key} label={t(word)}>
            {key.split(" ").map((k) => (
              <span key={k}>
                <kbd className="kbd">{k}</kbd>{" "}
              </span>
            ))}
          </FactRow>
        ))}
      </dl>
    </Modal>
  );
}
