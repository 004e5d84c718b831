import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect, useState } from "react";
import { api, on } from "../api/client";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";

/** LostBanner says that the connection is lost, keeps asking for it, and takes itself away when it is back. */
export function LostBanner() {
  const { t } = useSpeech();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [lost, setLost] = useState(false);

  useEffect(() => {
    const offLost = on("lost", () => setLost(true));
    const offFound = on("found", () => {
      setLost(false);
      void message.success(t("shell.found"));
      void client.invalidateQueries();
    });
    return () => {
      offLost();
      offFound();
    };
  }, [client, message, t]);

  useEffect(() => {
    if (!lost) return;
    let wait = 1_000;
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => {
      void api.GET("/api/health").catch(() => {
        wait = Math.min(wait * 1.5, 10_000);
        timer = setTimeout(ask, wait);
      });
    };
    timer = setTimeout(ask, wait);
    return () => clearTimeout(timer);
  }, [lost]);

  if (!lost) return null;
  return (
    <div className="banner s-returned" role="alert">
      <Icon name="warn" />
      {t("shell.lost")}
    </div>
  );
}
