package prove

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// What the proof remembers of a pot: its status, and above it one bit for every seat that may owe.
const (
	never   = 0 // nothing was ever held
	open    = 1 // something may be held
	settled = 2 // everything was paid or released
	status  = 3
)

// pot is one money account of the case, with what the definition does to it.
type pot struct {
	name    string
	hold    policy.Hold
	held    bool
	debtors []string
	payees  []string
}

func (w *world) conserved(rep *report) {
	w.payable(rep)
	w.owned(rep)
	w.despite(rep)
	for _, p := range w.pots() {
		w.balance(rep, p)
		w.publicMoney(rep, p)
	}
}

// pots lists the pots in the order of the file.
func (w *world) pots() []*pot {
	var out []*pot
	at := func(name string) *pot {
		if i := slices.IndexFunc(out, func(p *pot) bool { return p.name == name }); i >= 0 {
			return out[i]
		}
		out = append(out, &pot{name: name})
		return out[len(out)-1]
	}
	once := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for _, a := range w.all {
		for _, e := range a.do {
			switch e := e.(type) {
			case policy.Hold:
				p := at(e.Pot)
				if !p.held {
					p.hold, p.held = e, true
				}
			case policy.Deed:
				if e.Pot != "" {
					at(e.Pot)
				}
			case policy.Split:
				at(e.Pot)
			case policy.Fees:
				at(e.Pot)
			case policy.Pay:
				once(&at(e.Pot).payees, e.To)
			case policy.Release:
				at(e.Pot)
			case policy.Claim:
				once(&at(e.Pot).debtors, e.From)
			case policy.Collect:
				once(&at(e.Pot).debtors, e.From)
			case policy.Forgive:
				once(&at(e.Pot).debtors, e.From)
			}
		}
	}
	return out
}

func potOf(e policy.Effect) string {
	switch e := e.(type) {
	case policy.Deed:
		return e.Pot
	case policy.Split:
		return e.Pot
	case policy.Fees:
		return e.Pot
	case policy.Hold:
		return e.Pot
	case policy.Pay:
		return e.Pot
	case policy.Release:
		return e.Pot
	case policy.Claim:
		return e.Pot
	case policy.Collect:
		return e.Pot
	case policy.Forgive:
		return e.Pot
	}
	return ""
}

// told is what an act's conditions say of a pot: whether it can be empty, can hold something, the same of what is owed, and whether
// it can be that nothing was ever paid.
type told struct{ heldNone, heldSome, owedNone, owedSome, paidNone bool }

func (w *world) tells(a *act, pot string) told {
	if !mentions(a.conds, func(path string) bool { return strings.HasPrefix(path, "pot.") }) {
		return told{true, true, true, true, true}
	}
	can := func(what, op string, v int64) bool {
		c := policy.Compare{Left: policy.Term{Type: policy.MoneyType, Sum: map[string]int64{"pot." + what + "('" + pot + "')": 1}}, Op: op, Value: v}
		ans, _ := w.sat(append(slices.Clone(a.conds), c)...)
		return ans != unsat
	}
	return told{can("held", "==", 0), can("held", ">", 0), can("owed", "==", 0), can("owed", ">", 0), can("paid", "==", 0)}
}

// balance follows one pot and what is owed to it through every path.
func (w *world) balance(rep *report, p *pot) {
	cache := map[*act]told{}
	said := map[string]bool{}
	touches := func(a *act) bool {
		return slices.ContainsFunc(a.do, func(e policy.Effect) bool { return potOf(e) == p.name })
	}
	w.explore(never, touches, func(x *walk, at int, a *act) (uint64, bool) {
		t, ok := cache[a]
		if !ok {
			t = w.tells(a, p.name)
			cache[a] = t
		}
		memo, ok := t.refine(x.visits[at].memo)
		if !ok {
			return 0, false
		}
		refuse := func(pos policy.Pos, code string, message, hint lang.Text) {
			if k := code + a.machine.Name + a.full() + a.to.Name; !said[k] {
				said[k] = true
				rep.found(pos, code, message, hint, x.path(at, a))
			}
		}
		for _, e := range a.do {
			if potOf(e) == p.name {
				if memo, ok = w.move(p, memo, a, e, refuse); !ok {
					return 0, false
				}
			}
		}
		if a.machine.Name == "" && a.to.End {
			w.atEnd(p, memo, a, refuse)
		}
		return memo, true
	})
}

// refine takes from the memory what the conditions rule out; ok is false when they contradict it.
func (t told) refine(memo uint64) (uint64, bool) {
	if memo&status == never && !t.paidNone {
		return 0, false
	}
	if memo&status == open {
		if !t.heldSome {
			memo = memo&^status | settled
		}
	} else if !t.heldNone {
		return 0, false
	}
	if memo>>2 != 0 {
		if !t.owedSome {
			memo &= status
		}
	} else if !t.owedNone {
		return 0, false
	}
	return memo, true
}

// move carries out one effect on the memory of a pot.
func (w *world) move(p *pot, memo uint64, a *act, e policy.Effect, refuse func(policy.Pos, string, lang.Text, lang.Text)) (uint64, bool) {
	owes := func(seat string) uint64 { return 1 << (2 + slices.Index(p.debtors, seat)) }
	with := func(s uint64) uint64 { return memo&^status | s }
	switch e := e.(type) {
	case policy.Hold:
		return with(open), true
	case policy.Deed:
		return with(open), true
	case policy.Split:
		if memo&status != open && !w.mech.Sure(e) { // one that is never refused comes to nothing where nothing is
			refuse(e.Pos, "split_nothing", say("%s要分配 %s，但走到这里时其中可能没有钱", "%s splits %s, which may hold nothing by then", w.actText(a), p.name),
				say("先 receive，且不要在分配之前付清或退回", "receive first, and neither pay nor release all before it"))
			return 0, false
		}
		return with(settled), true
	case policy.Fees:
		if memo&status != open {
			refuse(e.Pos, "pay_from_empty", say("%s要从 %s 发放劳务费，但走到这里时其中可能没有钱", "%s pays fees from %s, which may hold nothing by then", w.actText(a), p.name),
				say("先 hold，或不要在付款之前 release、付清", "hold first, and neither release nor pay all before it"))
			return 0, false
		}
	case policy.Pay:
		if s := memo & status; s == never || s == settled && e.Amount != nil {
			refuse(e.Pos, "pay_from_empty", say("%s要从 %s 付款，但走到这里时其中可能没有钱", "%s pays from %s, which may hold nothing by then", w.actText(a), p.name),
				say("先 hold，或不要在付款之前 release、付清", "hold first, and neither release nor pay all before it"))
			return 0, false
		}
		if e.Amount == nil {
			return with(settled), true
		}
	case policy.Release:
		if memo&status == open {
			return with(settled), true
		}
	case policy.Claim:
		if memo&status == never {
			refuse(e.Pos, "claim_unpaid", say("%s要追回从 %s 支付的钱，但走到这里时可能从未支付", "%s claims back what %s paid, but nothing may have been paid by then", w.actText(a), p.name),
				say("只在付过款的状态之后追回", "claim only after states in which something was paid"))
			return 0, false
		}
		return memo | owes(e.From), true
	case policy.Collect:
		if memo&owes(e.From) == 0 {
			refuse(e.Pos, "collect_unclaimed", say("%s收回欠款，但走到这里时可能没有追缴过(%s)", "%s collects a debt to %s that may not have been claimed", w.actText(a), p.name),
				say("先 claim", "claim first"))
			return 0, false
		}
		if e.Amount == nil {
			return memo &^ owes(e.From), true
		}
	case policy.Forgive:
		return memo &^ owes(e.From), true
	}
	return memo, true
}

func (w *world) atEnd(p *pot, memo uint64, a *act, refuse func(policy.Pos, string, lang.Text, lang.Text)) {
	if memo&status == open {
		refuse(a.pos(), "held_at_end", say("到终点%s时，资金 %s 可能仍然冻结", "at the end %s the pot %s may still be held", w.stateText(a.machine, a.to), p.name),
			say("在%s的 do 中加 release: %s，或先付清、分配", "add release: %[2]s to the do of %[1]s, or pay or split it before", w.actText(a), p.name))
	}
	for i, d := range p.debtors {
		if memo&(1<<(2+i)) != 0 {
			refuse(a.pos(), "owed_at_end", say("到终点%s时，%s欠 %s 的款可能既未收回也未核销", "at the end %s what %s owes to %s may be neither collected nor forgiven", w.stateText(a.machine, a.to), w.seatText(d), p.name),
				say("在结束之前 collect 或 forgive", "collect or forgive before the end"))
		}
	}
}

// publicMoney checks that nothing is paid from a public fund before an office approved and, where asked, a notice stood.
func (w *world) publicMoney(rep *report, p *pot) {
	fund := w.pack.Funds[p.hold.Fund]
	if !p.held || fund == nil || !fund.Public {
		return
	}
	const approved, noticed = 1, 2
	pays := func(a *act) bool {
		return slices.ContainsFunc(a.do, func(e policy.Effect) bool {
			switch e := e.(type) {
			case policy.Pay:
				return e.Pot == p.name
			case policy.Fees:
				return e.Pot == p.name
			}
			return false
		})
	}
	approves := func(a *act) bool { return w.byOffice(a, p.payees) }
	approvedIn := map[*policy.Machine][]string{}
	for _, m := range w.mech.Parts {
		approvedIn[m] = w.past(m, func(a *act) bool {
			if a.cause != nil {
				return approves(a.cause)
			}
			return approves(a)
		})
	}
	said := map[string]bool{}
	payees := fact{seats: p.payees}
	changes := func(a *act) bool { // whoever is paid now was not in the notice
		return slices.ContainsFunc(a.do, func(e policy.Effect) bool { return w.effectFills(e, payees) || empties(e, payees) })
	}
	w.explore(0, func(a *act) bool { return pays(a) || changes(a) }, func(x *walk, at int, a *act) (uint64, bool) {
		memo := x.visits[at].memo
		if approves(a) || slices.Contains(approvedIn[a.machine], a.from.Name) {
			memo |= approved
		}
		refuse := func(code string, message, hint lang.Text) {
			if k := code + a.machine.Name + a.full(); !said[k] {
				said[k] = true
				rep.found(a.pos(), code, message, hint, x.path(at, a))
			}
		}
		if pays(a) {
			if memo&approved == 0 {
				refuse("unapproved", say("%s从财政资金 %s 付款，之前没有受款方以外的处室审批", "%s pays public money from %s, and no office but the payee has approved it before", w.actText(a), fund.Title),
					say("在付款之前加一步由处室办理的审批", "add a step by an office before the payment"))
				return 0, false
			}
			if fund.Notice && memo&noticed == 0 {
				refuse("before_notice", say("%s从财政资金 %s 付款，而受款方确定之后没有公示期满无异议", "%s pays public money from %s, and no notice has stood since the payee was settled", w.actText(a), fund.Title),
					say("让付款之前的每条路径都经过公示块的 stands 出口", "let every path to the payment leave a notice by its exit stands"))
				return 0, false
			}
		}
		if a.machine.Name != "" {
			memo = x.visits[at].memo // what one part went through says nothing of the others
		}
		if changes(a) {
			memo &^= noticed
		}
		if a.branch != nil && a.branch.Exit == "stands" {
			memo |= noticed
		}
		return memo, true
	})
}

// byOffice tells whether an act is certainly one of an office that is not paid by it.
func (w *world) byOffice(a *act, payees []string) bool {
	if a.step == nil || len(a.by()) == 0 {
		return false
	}
	office := func(n string) bool {
		s, _ := w.seat(a.machine, n)
		return s != nil && s.Kind == policy.OfficeSeat && !slices.Contains(payees, n)
	}
	if a.step.All {
		return slices.ContainsFunc(a.by(), office)
	}
	return !slices.ContainsFunc(a.by(), func(n string) bool { return !office(n) })
}

// payable checks that money goes to one party, and comes back from one that was paid: an office has no account, and a panel is many.
func (w *world) payable(rep *report) {
	paid := map[string][]string{}
	for _, a := range w.all {
		for _, e := range a.do {
			if p, ok := e.(policy.Pay); ok {
				paid[p.Pot] = append(paid[p.Pot], p.To)
			}
		}
	}
	for _, a := range w.all {
		for _, e := range a.do {
			if x, ok := e.(policy.Spoken); ok {
				for _, name := range x.Needs() {
					if s, _ := w.seat(a.machine, name); s != nil && (s.Kind == policy.OfficeSeat || s.Kind == policy.PanelSeat) {
						rep.found(x.Where(), "deed_no_party", say("%s涉及%s，它不是一个单独的主体，不能持有权利、股份或收款", "%s speaks of %s, which is not one party: it holds no rights or shares and takes no money", w.actText(a), w.seatText(name)),
							say("写一个主体的席位", "name the seat of a party"), nil)
					}
				}
			}
			if c, ok := e.(policy.Claim); ok && !slices.Contains(paid[c.Pot], c.From) {
				rep.found(c.Pos, "claim_from_unpaid", say("%s向%s追回，而 %s 从不向它付款", "%s claims from %s, which %s never pays", w.actText(a), w.seatText(c.From), c.Pot),
					say("向收款的席位追回", "claim from a seat that is paid"), nil)
			}
			p, ok := e.(policy.Pay)
			if !ok {
				continue
			}
			if s, _ := w.seat(a.machine, p.To); s != nil && (s.Kind == policy.OfficeSeat || s.Kind == policy.PanelSeat) {
				rep.found(p.Pos, "pays_no_party", say("%s向%s付款，它不是一个单独的主体", "%s pays %s, which is not one party", w.actText(a), w.seatText(p.To)),
					say("付给一个主体的席位", "pay the seat of a party"), nil)
			}
		}
	}
}
