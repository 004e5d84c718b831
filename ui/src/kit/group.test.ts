import { describe, expect, it } from "vitest";
import type { MechanismItem } from "../api/types";
import { grouped, wanted } from "./group";

const item = (name: string, purpose: string, group?: string) =>
  ({
    name,
    title: { zh: name, en: `${name} in English` },
    purpose: { zh: purpose },
    opener: { title: { zh: "企业" } },
    group: group ? { name: group, title: { zh: group } } : undefined,
  }) as unknown as MechanismItem;

const list = [
  item("揭榜挂帅", "我有一个攻不下的技术难题", "难题攻关"),
  item("贴息", "我们付了利息", "科技金融"),
  item("赛马", "几家同时攻关", "难题攻关"),
];

describe("mechanisms under their headings", () => {
  it("keep the order in which the headings come", () => {
    expect(grouped(list).map((g) => [g.name, g.items.length])).toEqual([
      ["难题攻关", 2],
      ["科技金融", 1],
    ]);
  });

  it("are found by any word of their purpose, title or heading, in either language", () => {
    expect(wanted(list, "攻关").map((m) => m.name)).toEqual(["揭榜挂帅", "赛马"]);
    expect(wanted(list, "难题 几家").map((m) => m.name)).toEqual(["赛马"]);
    expect(wanted(list, "贴息 ENGLISH").map((m) => m.name)).toEqual(["贴息"]);
    expect(wanted(list, "  ")).toHaveLength(3);
    expect(wanted(list, "没有")).toEqual([]);
  });
});
