// What other cities lay open, as it was harvested.
export const outside = {
  "outside.title": ["外地资源", "From other cities"],
  "outside.lead": [
    "别的城市公开的登记和榜单，采集来供查找。它们不属于本市登记，不计入本市任何指标。",
    "Records and calls that other cities lay open, gathered here to be found. They are not this city's and no figure of it counts them.",
  ],
  "outside.search": ["搜索名称", "Search names"],
  "outside.kind": ["分类", "Kind"],
  "outside.all": ["全部", "All"],
  "outside.call": ["正在征集", "Open calls"],
  "outside.none": ["没有符合条件的外地资源", "Nothing from other cities matches"],
  "outside.none.way": ["请换一个词或分类。", "Try another word or kind."],
  "outside.empty": ["还没有外地资源", "Nothing from other cities yet"],
  "outside.empty.way": [
    "别的城市向本市开放登记和榜单后，会显示在这里。",
    "Once other cities open their records and calls to this one, they are shown here.",
  ],
  "outside.at": ["到原处查看", "See it where it is from"],
  "outside.seen": ["{day} 采集", "harvested on {day}"],
  "outside.sources": ["来自哪些城市", "Which cities it is from"],
  "outside.items": ["{n} 项", "{n} items"],
  "outside.harvested": ["上次采集 {at}", "last harvested {at}"],
  "outside.failed": ["{at} 没有采集成", "not harvested on {at}"],
} as const;
