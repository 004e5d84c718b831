// Package prove tells whether a mechanism may be used at all: whatever people do in it, and whenever they do nothing, it holds what
// DESIGN §5 promises. It runs before a pack is used and knows nothing of cases.
//
//	pack, typed := policy.Load(os.DirFS("packs/shenyang"))
//	for _, m := range pack.Mechanisms {
//		for _, v := range prove.Prove(pack, m) {
//			fmt.Println(m.Name, v.Proof, v.OK, v.Findings)
//		}
//	}
//
// How it works. Every proof explores situations (explore.go): where the case stands, what the proof at hand must remember (whether a
// pot is open, whether a notice stood), and which states parts may have reached. Parts are many, so a part state once reachable stays
// reachable; the abstraction allows everything the engine allows and a little more, never less. The search goes nearest first, so
// the path of a finding is a shortest one. Conditions are decided exactly (logic.go, integer.go): choices, flags, presence and
// linear comparisons of whole numbers, with the pack's parameters at their values. What cannot be decided is reported, never
// silently accepted; a guard that says why it is opaque may be either at any time.
//
// What it does not prove: that an amount is right, that a fund has enough (the step is then refused), or that people act in time
// (the deadlines answer for that).
package prove

import (
	"fmt"
	"sync"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
)

// The proofs, in the order in which they are reported.
const (
	Typed     = "typed"
	Sound     = "sound"
	Answered  = "answered"
	Seated    = "seated"
	Separate  = "separate"
	Ordered   = "ordered"
	Decided   = "decided"
	Conserved = "conserved"
)

// Proofs lists them with their names for people.
var Proofs = []struct {
	Name  string
	Title lang.Text
	Means lang.Text
}{
	{Typed, lang.T("类型正确", "Typed"), lang.T("所有引用都有所指，条件与金额的单位相符", "every reference resolves, and units agree in every guard and amount")},
	{Sound, lang.T("流程贯通", "Sound"), lang.T("每个状态都能到达，从每个状态都能走到终点，没有走不到的步骤", "every state can be reached, an end can be reached from every state, and no step is dead")},
	{Answered, lang.T("件件有着落", "Answered"), lang.T("每个未结束的状态都有人办理、有期限，逾期有处理", "every state that is not an end has someone to act and a deadline with what happens then")},
	{Seated, lang.T("席位到位", "Seated"), lang.T("任何路径上，步骤要用的席位和表单都已就位", "on every path, seats and forms are filled before a step needs them")},
	{Separate, lang.T("不相容分离", "Separate"), lang.T("不得由一人兼办的步骤，任何路径上都不会由一人办理", "acts that must not be one person's cannot be, on any path")},
	{Ordered, lang.T("先后有序", "Ordered"), lang.T("规定在先的步骤，没有路径可以绕过", "no path reaches the second without the first")},
	{Decided, lang.T("判定唯一", "Decided"), lang.T("分叉处的条件不重叠也不遗漏", "where a decision splits, the guards cover all cases and do not overlap")},
	{Conserved, lang.T("资金守恒", "Conserved"), lang.T("冻结的资金到终点必已支付或退回；财政资金先审批、公示，后支付", "what was held is paid or released at every end, and public money moves only after approval and notice")},
}

// Verdict is one proof of one mechanism.
type Verdict struct {
	Proof    string    `json:"proof"`
	OK       bool      `json:"ok"`
	Findings diag.List `json:"findings,omitempty"`
}

// Prove runs all proofs, in the order of Proofs. The rules, in checking order:
//
//	typed      is what policy.Load finds; a mechanism that was loaded without findings is typed.
//	sound      1. every state of the case is reachable by acts whose conditions can hold
//	           2. from every reachable state an end is reachable
//	           3. no step is dead: its guards can hold together, and so can those of each of its branches
//	           4. every part comes to be on some path, and 1 and 3 hold in it; it ends by on_close at the latest
//	           5. no step of a part names a case state in its while in which the part cannot stand there
//	           6. where a part has come to stand for good and conditions ask about it, the flow does not go on to states from which
//	              that alone keeps it from an end, or from the purpose
//	           7. every seat acts, is paid, drawn, filled from or told; every form is filled; every thing is chosen or entered
//	           8. no act moves on what it has just chosen, or changes a record that it has just ended
//	answered   1. every state of the case that is not an end has a deadline
//	           2. a deadline that moves the case can be carried out: nothing in it can be refused
//	           3. a deadline that only escalates, or leads back, leaves a step out whose guards the actor can satisfy whatever
//	              the case is like
//	           4. rule 2 holds for the deadlines of parts, which end with the case at the latest
//	           5. from every state the case can surely be brought to an end: at each some act that nothing can refuse leads nearer
//	seated     1. every seat is filled on every path before a step is by it, an effect or condition names it, or a deadline
//	              escalates to it
//	           2. every form is filled on every path before a condition, an amount, a deadline or rows read it
//	           3. the seats of a part are filled when the part begins
//	           4. no effect puts an office into a seat for parties
//	           5. a thing is chosen or entered on every path before a condition or amount reads it, or an effect changes it
//	separate   1. separated steps are not by the same seat, nor by seats that one fills from the other
//	           2. they are not by seats of one office
//	           3. their parties are apart_from each other, themselves or by all the seats they are filled from
//	ordered    1. whatever leads into a notice freezes what the notice shows
//	           2. for every neighbouring pair of a before rule, no path reaches the second without the first
//	decided    1. branches of a step or deadline do not overlap, under its guards
//	           2. together they cover all cases, or one is else
//	           3. no two branches lead to the same state, and an else has another branch beside it
//	           4. what cannot be decided says why
//	conserved  1. nothing is paid from a pot that may be empty by then, claimed before it was held, or collected before it was claimed
//	           2. at every end every pot is paid out or released, and every claim collected or forgiven
//	           3. public money is paid only after an act by an office that does not receive it
//	           4. and, where the fund asks for it, after a notice that stood since the payee took the seat
//	           5. money goes to one party, never to an office or a panel, and is claimed only from one that the pot pays
//	           6. rights go and shares are issued to parties; nothing is done with rights or shares before they are entered
//	           7. what is pledged does not move without consent, and is discharged or enforced at every end
//	           8. rows that divide a right or an income are asked to sum to one whole; what is received is split, paid or given back
//	           9. who comes in despite a ban gets nothing by it: no money, right or share, no choice among others, no case of their own
func Prove(pack *policy.Pack, mech *policy.Mechanism) []Verdict {
	w := newWorld(pack, mech)
	verdicts := []Verdict{{Proof: Typed, OK: true}}
	reach := w.reachable()
	tooLarge := w.cut || len(w.partBit) > maxPartStates
	for _, p := range []struct {
		name string
		run  func(*report)
	}{
		{Sound, reach.sound}, {Answered, reach.answered}, {Seated, w.seated}, {Separate, reach.separate},
		{Ordered, w.ordered}, {Decided, w.decided}, {Conserved, w.conserved},
	} {
		r := &report{w: w, proof: p.name}
		w.cut = tooLarge
		if p.run(r); w.cut {
			r.found(mech.Pos, "too_large", say("流程过大，无法逐一检查", "the mechanism is too large to be explored"), say("拆成几个机制", "split it into several mechanisms"), nil)
		}
		r.list.Sort()
		verdicts = append(verdicts, Verdict{p.name, len(r.list) == 0, r.list})
	}
	return verdicts
}

// All proves every mechanism of a pack that was loaded without findings, several at once: the verdicts by the mechanism's name.
func All(pack *policy.Pack) map[string][]Verdict {
	list := make([][]Verdict, len(pack.Mechanisms))
	var wg sync.WaitGroup
	for i, m := range pack.Mechanisms {
		wg.Go(func() { list[i] = Prove(pack, m) })
	}
	wg.Wait()
	byName := map[string][]Verdict{}
	for i, m := range pack.Mechanisms {
		byName[m.Name] = list[i]
	}
	return byName
}

// report collects the findings of one proof.
type report struct {
	w     *world
	proof string
	list  diag.List
}

// found adds a finding. Text arguments are Chinese and English pairs made by say.
func (r *report) found(pos policy.Pos, code string, message, hint lang.Text, path []string) {
	r.list.Add(diag.Finding{File: pos.File, Line: pos.Line, Col: pos.Col, Proof: r.proof, Code: code, Message: message, Hint: hint, Path: path})
}

// say formats a text in both languages; arguments that are texts are given in the language.
func say(zh, en string, args ...any) lang.Text {
	in := func(format string, l lang.Tag) string {
		out := make([]any, len(args))
		for i, a := range args {
			if t, ok := a.(lang.Text); ok {
				out[i] = t.In(l)
			} else {
				out[i] = a
			}
		}
		return fmt.Sprintf(format, out...)
	}
	return lang.T(in(zh, lang.ZH), in(en, lang.EN))
}

// titled is how a thing is called in a finding: its title with its name, 提交需求(submit).
func titled(title lang.Text, name string) lang.Text {
	if title.ZH == "" || title.ZH == name {
		return lang.T(name, name)
	}
	return lang.T("“"+title.ZH+"”（"+name+"）", name)
}

func (w *world) stateText(m *policy.Machine, s *policy.State) lang.Text {
	if m.Name != "" {
		return titled(s.Title, m.Name+"."+s.Name)
	}
	return titled(s.Title, s.Name)
}

func (w *world) actText(a *act) lang.Text {
	name := a.full()
	if a.machine.Name != "" {
		name = a.machine.Name + "." + name
	}
	if a.step == nil {
		return lang.T("“"+a.from.Title.ZH+"”的期限（"+name+"）", name)
	}
	return titled(a.step.Title, name)
}

func (w *world) seatText(name string) lang.Text {
	if s, _ := w.seat(w.mech.Case, name); s != nil {
		return titled(s.Title, name)
	}
	for _, p := range w.mech.Parts {
		if s, _ := w.seat(p, name); s != nil {
			return titled(s.Title, name)
		}
	}
	return lang.T(name, name)
}
