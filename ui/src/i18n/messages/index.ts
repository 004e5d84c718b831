import { admin } from "./admin";
import { assets } from "./assets";
import { bench } from "./bench";
import { calendar } from "./calendar";
import { cases } from "./cases";
import { chain } from "./chain";
import { chart } from "./chart";
import { common } from "./common";
import { editions } from "./editions";
import { figures } from "./figures";
import { find } from "./find";
import { form } from "./form";
import { funds } from "./funds";
import { hall } from "./hall";
import { marks } from "./marks";
import { match } from "./match";
import { outside } from "./outside";
import { overview } from "./overview";
import { panels } from "./panels";
import { portfolio } from "./portfolio";
import { proof } from "./proof";
import { records } from "./records";
import { register } from "./register";
import { series } from "./series";
import { thread } from "./thread";

/** The catalogue: key → [中文, English]. */
export const messages = {
  ...common,
  ...find,
  ...form,
  ...cases,
  ...hall,
  ...register,
  ...portfolio,
  ...proof,
  ...admin,
  ...assets,
  ...chart,
  ...chain,
  ...editions,
  ...figures,
  ...match,
  ...outside,
  ...marks,
  ...calendar,
  ...panels,
  ...records,
  ...series,
  ...thread,
  ...funds,
  ...bench,
  ...overview,
} satisfies Record<string, readonly [string, string]>;
export type Key = keyof typeof messages;
