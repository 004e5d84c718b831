import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { retryable } from "./api/queries";
import { Dressed } from "./design/dressed";
import { ModeProvider } from "./design/mode";
import { SpeechProvider } from "./i18n";
import { makeRouter } from "./router";
import { LostBanner } from "./shell/lost";

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
