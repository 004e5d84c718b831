// Package play runs mechanisms without people: scenarios that somebody wrote, and random cases that nobody thought of. Both go
// through a World, which is either the Interpreter here (policy.Decide and maps) or the real engine of casework; their answers must agree.
//
// # Scenarios
//
// A scenario file is a txtar archive in packs/<city>/scenarios/<mechanism>/. What stands before the first section is a note. The
// sections “world” and “forms” are YAML; every other section is one scenario, each played in a world of its own:
//
//	-- world --
//	today: 2025-03-03
//	opener: 沈阳波纹管
//	parties:
//	  沈阳波纹管: {kind: enterprise, region: "210112", in_city: true, revenue: 3亿元, rd_share: 5%}
//	  东北大学: {kind: university}
//	  专家一: {kind: person, fields: [C01]}
//	related: [[专家一, 东北大学]]
//	funds: {challenge: 1000万元}
//	-- forms --
//	need: {title: 高精度金属波纹管, own: 800万元}
//	-- 无人揭榜 --
//	poster submit need{own: 900万元} → submitted
//	officer condense · leader confirm · officer publish → open
//	clock +31 days → no_taker
//	poster submit ✗ 本事项已结束
//	facts published_challenges 1, challenges_without_taker 1
//	money fund.challenge unchanged
//
// An act is: who, which step, with which form, and what comes of it.
//
//   - who is a seat (poster), or a party by name (东北大学); /张三 after it is an account of its own, which matters where acts are
//     kept separate. Otherwise the account is the name that stands there.
//   - a step of a part is part.step, of one part bids#2.step (its number) or bids(东北大学).step (a party in one of its seats, or in
//     one of the part that it is inside), and bids*.step is done by every part that can. A party that has no part where the step is
//     possible starts one.
//   - form{…} is YAML flow, as a person types it: amounts “800万元”, shares “20%”, dates “2025-06-30”, documents any name, parties by
//     name. Fields that it does not give are those of the section forms, and else are made up, always the same, so that the form's
//     checks hold where that is possible.
//   - say "…" (or 说 "…") gives the reason; without it, “按规定办理” is given where one is asked for.
//   - → state is where the record stands afterwards; ✗ text means that it is refused, and that the refusal's sentence, document or id
//     contains the text. Several acts on one line are parted by ·.
//
// What else a line can say: clock +31 days and clock +5 workdays (until the last of them has ended, so that a deadline of as many
// days has come), clock 2025-07-01 (the morning of that day), clock due (to the next deadline of the case or any part); state NAME; parts bids submitted 2, withdrawn 1; facts NAME 1, NAME 0 (since the scenario began); money fund.challenge
// -300万元, pot.grant 0元, paid.东北大学 100万元, owed.东北大学 0元; seat solver 东北大学; # a comment.
//
// # Random cases
//
// Random plays one case from a seed to its end: at every turn somebody does something that they may do, with a form made up so that
// its rules hold (Fill), now and then something that they may not, or nobody does anything until a deadline. After every turn
// it looks whether the case can go on, whether money was paid before its notice stood, and at the end whether every pot is settled.
package play
