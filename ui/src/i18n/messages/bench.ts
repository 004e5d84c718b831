// The examiner's bench: what is judged with reasons by clause, beside what it is judged on.
export const bench = {
  "bench.title": ["审查台", "Examiner's bench"],
  "bench.lead": [
    "等您作出认定的事项，按期限排列。打开后，申请内容、疑似重复和审查表并排；理由注明依据的条款。",
    "What waits for your judgement, by deadline. Opened, the application, its likely duplicates and your form stand side by side; reasons cite their clauses.",
  ],
  "bench.open": ["到审查台", "To the bench"],
  "bench.none": ["没有等您认定的事项", "Nothing waits for your judgement"],
  "bench.none.way": ["有新的申请受理后会出现在这里。", "New applications will appear here."],
  "bench.act": ["审查", "Examine"],
  "bench.next": ["下一件：{title}", "Next: {title}"],
  "bench.left": ["还有 {n} 件", "{n} to go"],
  "alike.title": ["疑似重复", "Likely duplicates"],
  "alike.lead": ["按文字相似查找，仅供参考，由您判断。", "Found by their words; a hint only: you judge."],
  "alike.none": ["没有发现相似的", "Nothing alike was found"],
  "alike.share": ["{n}% 相同", "{n}% the same"],
  "alike.here": ["本件", "Here"],
  "alike.there": ["彼件", "There"],
  "cite.basis": ["依据", "Basis"],
} as const;
