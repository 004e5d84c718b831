import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useMemo, useState } from "react";
import { retryable } from "./api/queries";
import { ModeProvider, useMode } from "./design/mode";
import { themeOf } from "./design/theme";
import { SpeechProvider, useSpeech } from "./i18n";
import { makeRouter } from "./router";
import { LostBanner } from "./shell/lost";

/** Dressed gives the component library our theme, language and density. */
export function Dressed({ density, children }: { density: "dense" | "calm"; children: ReactNode }) {
  const { lang } = useSpeech();
  const { mode } = useMode();
  const theme = useMemo(() => themeOf(mode, density), [mode, density]);
  return (
    <ConfigProvider
      theme={theme}
      locale={lang === "en" ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App component={false} message={{ duration: 3, top: 64 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: retryable, refetchOnWindowFocus: true, staleTime: 5_000, networkMode: "always" },
      mutations: { networkMode: "always" },
    },
  });
}

export function Root() {
  const [client] = useState(makeQueryClient);
  const [router] = useState(() => makeRouter(client));
  return (
    <SpeechProvider>
      <ModeProvider>
        <QueryClientProvider client={client}>
          <Dressed density="dense">
            <LostBanner />
            <RouterProvider router={router} />
          </Dressed>
        </QueryClientProvider>
      </ModeProvider>
    </SpeechProvider>
  );
}
