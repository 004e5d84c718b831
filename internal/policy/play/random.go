package play

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// Report is what one random case was like.
type Report struct {
	Seed    uint64
	End     string         // the state in which it ended
	Turns   int            // acts, refusals and deadlines
	Acts    map[string]int // "state.step" of the machine → how often it was done
	Refused int
	Why     map[string]lang.Text // "state.step" → what was said the last time it was refused
	Trail   []string             // "state ─step→ state", the whole way, for a failure to show
}

// Failure is an invariant that did not hold, with the way that led there.
type Failure struct {
	Rule   string // stuck, clock, notice, settled, endless, changed, fault
	Detail string
	Report Report
}

func (f *Failure) Error() string {
	return fmt.Sprintf("play: seed %d: %s: %s\n  %v", f.Report.Seed, f.Rule, f.Detail, f.Report.Trail)
}

// The player's habits: after calm turns it heads for an end, and after last it is endless.
const (
	calmTurns = 300
	lastTurns = 1500
)

// player is somebody who plays all seats of one case.
type player struct {
	w      World
	st     *Stage
	known  *register
	rand   *rand.Rand
	filler *Filler
	far    map[string]map[string]int // machine → state → steps to an end
	temper float64                   // of the player: how ready to give up, 0 … 1
	crowd  map[string]int            // part → how many come where anybody may start one
	again  map[string]int            // "record step" of steps that stay where they are → how often it was done
	stood  bool                      // a notice has stood
	goal   *goal                     // nil: none, or it is reached

	reminded int // waits since somebody last acted
	report   Report
}

// Random plays one case from the stage to an end and looks after every turn whether
//
//   - stuck: somebody can act or a deadline will come, and the case ends within a bounded number of turns
//   - clock: a deadline that has come is taken and not refused
//   - notice: nothing is paid out of a fund that asks for a notice before a notice stood
//   - settled: at the end no pot holds anything, and nothing is owed that was not collected or written off
//   - changed: what was refused has changed nothing
//   - fault: nothing but a refusal is ever answered
//
// An error is a *Failure, or a fault of the world.
func Random(w World, st Stage, seed uint64) (Report, error) {
	st.Seed = seed
	if err := w.Begin(st); err != nil {
		return Report{}, err
	}
	r := rand.New(rand.NewPCG(seed, 0x6b65))
	p := &player{w: w, st: &st, known: newRegister(&st, w), rand: r, temper: []float64{0.02, 0.1, 0.3, 1}[r.IntN(4)],
		crowd: map[string]int{}, again: map[string]int{}, far: map[string]map[string]int{}, goal: goalOf(st.Mechanism, seed), report: Report{Seed: seed, Acts: map[string]int{}},
		filler: &Filler{Rand: r, Stage: &st, PartyID: w.PartyID, RecordID: w.RecordID, Cases: casesOf(w), Whim: 0.4}}
	for _, x := range st.Mechanism.Parts {
		p.crowd[x.Name] = r.IntN(6)
	}
	for _, x := range append([]*policy.Machine{st.Mechanism.Case}, st.Mechanism.Parts...) {
		p.far[x.Name] = distances(x, func(s *policy.State) bool { return s.End })
	}
	for p.report.Turns < lastTurns {
		s, err := w.Snapshot()
		if err != nil {
			return p.report, err
		}
		if st.Mechanism.Case.State(s.Case.State).End {
			p.report.End = s.Case.State
			return p.report, p.settled(s)
		}
		if err := p.turn(s); err != nil {
			return p.report, err
		}
	}
	return p.report, p.fail("endless", fmt.Sprintf("%d turns without an end", lastTurns))
}

func (p *player) fail(rule, detail string) error {
	return &Failure{Rule: rule, Detail: detail, Report: p.report}
}

// distances is how many moves each state of a machine is from one that is meant.
func distances(x *policy.Machine, meant func(*policy.State) bool) map[string]int {
	far := map[string]int{}
	for _, s := range x.States {
		if meant(s) {
			far[s.Name] = 0
		}
	}
	for changed := true; changed; {
		changed = false
		for _, s := range x.States {
			for _, to := range ways(s) {
				if d, ok := far[to]; ok {
					if old, known := far[s.Name]; !known || d+1 < old {
						far[s.Name], changed = d+1, true
					}
				}
			}
		}
	}
	return far
}

func ways(s *policy.State) []string {
	var out []string
	for _, st := range s.Steps {
		for _, b := range st.To {
			out = append(out, b.State)
		}
	}
	if s.Deadline != nil {
		for _, b := range s.Deadline.To {
			out = append(out, b.State)
		}
	}
	return out
}

// turn is one act, one refusal or one wait.
func (p *player) turn(s *policy.Snapshot) error {
	p.report.Turns++
	if p.rand.IntN(10) == 0 {
		// Where the intruder was entitled after all, the snapshot is of before and the turn is used up.
		if done, err := p.mischief(s); done || err != nil {
			return err
		}
	}
	if p.rand.IntN(30) == 0 && nextDue(s) != nil {
		return p.wait(s)
	}
	list := p.candidates(s)
	for i := range list {
		list[i].glad = p.eager(s.Mechanism, list[i])
		list[i].luck = p.rand.Float64() * list[i].glad
	}
	slices.SortStableFunc(list, func(a, b choice) int { return cmp.Compare(b.luck, a.luck) })
	if p.report.Turns > calmTurns {
		slices.SortStableFunc(list, func(a, b choice) int { return a.far - b.far })
	}
	next := nextDue(s)
	// After a few reminders nobody waits for another as long as there is something to do, and late in a case nobody waits for a better way out.
	patient := next != nil && p.report.Turns <= calmTurns && (s.Mechanism.Machine(next.Part).State(next.State).Deadline.Escalate == "" || p.reminded < 2)
	for i := range list {
		if patient && p.rand.Float64() > list[i].glad {
			continue
		}
		done, err := p.try(s, list[i])
		if done || err != nil {
			return err
		}
	}
	if next == nil {
		return p.fail("stuck", "nobody can act in "+s.Case.State+", and no deadline will come")
	}
	return p.wait(s)
}

// choice is one act that somebody might do.
type choice struct {
	act  Act
	rec  *policy.Record
	step *policy.Step
	from *policy.State
	far  int
	many int     // of a part to start: how many of its kind there are
	glad float64 // how gladly it is taken, 0 … 1
	luck float64
}

// eager is how gladly a step is taken, so that most cases are played far: persevering players take ways into an end that is not the
// purpose, and ways back, only now and then.
func (p *player) eager(m *policy.Mechanism, c choice) float64 {
	if p.goal != nil && p.report.Turns <= calmTurns {
		if glad, ok := p.goal.gladly(c); ok {
			return glad
		}
	}
	x := m.Machine(c.rec.Part)
	bad := true
	for _, b := range c.step.To {
		bad = bad && badEnd(x, b)
	}
	switch {
	case c.act.Record == "" && c.many < p.crowd[c.act.Part]:
		return 0.7
	case c.act.Record == "":
		return 0.1 / float64(1+c.many*c.many)
	case bad && x.Name == "":
		return p.temper * 0.3
	case bad:
		return max(p.temper*0.5, 0.1)
	case c.step.Say:
		return max(p.temper, 0.3)
	}
	return 1 / float64(1+p.again[c.rec.ID+" "+c.step.Name]) // what led nowhere is tried less and less
}

// stays tells whether a step leads nowhere but to where it is done.
func stays(c choice) bool {
	return len(c.step.To) == 1 && c.step.To[0].State == c.from.Name
}

func badEnd(x *policy.Machine, b *policy.Branch) bool {
	to := x.State(b.State)
	return to.Lost()
}

// candidates is everything that the seats allow now; guards are left to Decide.
func (p *player) candidates(s *policy.Snapshot) []choice {
	var out []choice
	for _, rec := range append([]*policy.Record{s.Case}, s.Parts...) {
		x := s.Mechanism.Machine(rec.Part)
		st := x.State(rec.State)
		if st.End {
			continue
		}
		for _, step := range st.Steps {
			if len(step.While) > 0 && !slices.Contains(step.While, s.Case.State) {
				continue
			}
			for _, by := range step.By {
				for _, h := range s.Holders(rec, by) {
					a := Act{Record: rec.ID, Step: step.Name, Seat: by, Account: by + "/" + h.Party + h.Office, Holder: h}
					out = append(out, choice{act: a, rec: rec, step: step, from: st, far: p.distance(x, step, rec)})
				}
			}
		}
	}
	return append(out, p.beginnings(s)...)
}

func (p *player) distance(x *policy.Machine, step *policy.Step, rec *policy.Record) int {
	far := 1000
	for _, b := range step.To {
		if d, ok := p.far[x.Name][b.State]; ok && b.State != rec.State {
			far = min(far, d)
		}
	}
	if x.Name == "" {
		return far
	}
	return far + 3 // parts before the case only where the case cannot come nearer to its end
}

// beginnings is the parts that somebody might start; fewer of them once there are some.
func (p *player) beginnings(s *policy.Snapshot) []choice {
	var out []choice
	for _, x := range s.Mechanism.Parts {
		if x.Starts == nil || !slices.Contains(x.Starts.While, s.Case.State) || p.report.Turns > calmTurns {
			continue
		}
		parents := []string{""}
		if x.Of != "" {
			parents = nil
			for _, r := range s.Parts {
				if r.Part == x.Of {
					parents = append(parents, r.ID)
				}
			}
		}
		many := 0
		for _, r := range s.Parts {
			if to := x.State(r.State); r.Part == x.Name && !to.Lost() {
				many++
			}
		}
		party := p.starter(x.Seat(x.Starts.By))
		h := policy.Holder{Party: p.w.PartyID(party.Name)}
		if held := s.Holders(s.Case, x.Seat(x.Starts.By).SameAs); len(held) > 0 {
			h = held[0]
		}
		for _, parent := range parents {
			for _, step := range x.Initial().Steps {
				rec := &policy.Record{Part: x.Name, Parent: parent, State: x.Initial().Name, Seats: map[string][]policy.Holder{x.Starts.By: {h}}}
				a := Act{Part: x.Name, Parent: parent, Step: step.Name, Seat: x.Starts.By, Account: x.Starts.By + "/" + h.Party, Holder: h}
				out = append(out, choice{act: a, rec: rec, step: step, from: x.Initial(), far: 500, many: many})
			}
		}
	}
	return out
}

// starter is somebody who might start a part: mostly of the kind that its seat asks for, now and then anybody.
func (p *player) starter(seat *policy.Seat) Party {
	var fit []Party
	for _, x := range p.st.Parties {
		if x.Kind == seat.Party {
			fit = append(fit, x)
		}
	}
	if len(fit) == 0 || p.rand.IntN(10) == 0 {
		fit = p.st.Parties
	}
	return fit[p.rand.IntN(len(fit))]
}

// try fills the form and does the act; done is false where it was refused.
func (p *player) try(s *policy.Snapshot, c choice) (done bool, err error) {
	a := c.act
	if f := s.Mechanism.Form(c.step.Fill); f != nil && !(c.step.All && c.rec.Joint != nil && c.rec.Joint.Step == c.step.Name && p.rand.IntN(20) > 0) {
		values := p.filler.Fill(p.scope(s, c, policy.Values{}), f, append(slices.Clone(c.step.When), p.wanted(s, c)...), nil)
		a.Values = policy.EncodeValues(values)
	}
	if c.step.Say {
		a.Reason = "按规定办理"
	}
	return p.do(s, a, c)
}

// wanted is the condition of the branch that the player would like to take.
func (p *player) wanted(s *policy.Snapshot, c choice) []*policy.Guard {
	b := c.step.To[p.rand.IntN(len(c.step.To))]
	if p.goal != nil && p.rand.IntN(4) > 0 {
		if to := p.goal.branch(c); to != nil && to.When != nil {
			return []*policy.Guard{to.When}
		}
	}
	for range 3 {
		if !badEnd(s.Mechanism.Machine(c.rec.Part), b) || p.rand.Float64() < p.temper {
			break
		}
		b = c.step.To[p.rand.IntN(len(c.step.To))]
	}
	if b.When == nil {
		return nil
	}
	return []*policy.Guard{b.When}
}

// scope is where a form's checks are evaluated, with the register's answers.
func (p *player) scope(s *policy.Snapshot, c choice, values policy.Values) *policy.Scope {
	known := *s
	known.Asked = p.known.answers(s, s.Mechanism.Asks(c.step), c.rec, policy.Intent{Values: values})
	return &policy.Scope{Snapshot: &known, Record: c.rec}
}

func (p *player) do(s *policy.Snapshot, a Act, c choice) (bool, error) {
	before := take(s)
	refused := p.w.Do(a)
	if refused != nil {
		p.report.Refused++
		if list := refusal.Of(refused); len(list) > 0 {
			if p.report.Why == nil {
				p.report.Why = map[string]lang.Text{}
			}
			p.report.Why[c.from.Name+"."+c.step.Name] = list[0].Text
		} else {
			return false, p.fail("fault", fmt.Sprintf("%s in %s: %v", a.Step, s.Case.State, refused))
		}
		after, err := p.w.Snapshot()
		if err == nil && !before.same(take(after)) {
			return false, p.fail("changed", fmt.Sprintf("a refused %s has changed the case: %v: %+v, then %+v", a.Step, refused, before, take(after)))
		}
		if g := p.goal; g != nil && g.is(c) {
			if g.refused++; g.refused == patience {
				p.goal = nil
			}
		}
		return false, err
	}
	p.reminded = 0
	name := c.from.Name + "." + c.step.Name
	p.report.Acts[name]++
	if stays(c) {
		p.again[c.rec.ID+" "+c.step.Name]++
	}
	if p.goal != nil && p.goal.is(c) {
		p.goal = nil
	}
	return true, p.look(before, name)
}

// wait lets the time pass until the next deadline.
func (p *player) wait(s *policy.Snapshot) error {
	before := take(s)
	rec := nextDue(s)
	from, due := rec.State, rec.Due
	p.reminded++
	if err := p.w.Advance(due); err != nil {
		if refusal.Of(err) != nil {
			return p.fail("clock", err.Error())
		}
		return p.fail("fault", err.Error())
	}
	p.report.Acts[from+"."+policy.ClockStep]++
	return p.look(before, from+"."+policy.ClockStep+" on "+string(caldate.On(due.Add(-time.Second))))
}

// mischief does what may not be done, and must be refused or be harmless;
// it says whether it was done, as where the stranger's holder is the party of the seat.
func (p *player) mischief(s *policy.Snapshot) (bool, error) {
	machines := append([]*policy.Machine{s.Mechanism.Case}, s.Mechanism.Parts...)
	x := machines[p.rand.IntN(len(machines))]
	st := x.States[p.rand.IntN(len(x.States))]
	if len(st.Steps) == 0 {
		return false, nil
	}
	step := st.Steps[p.rand.IntN(len(st.Steps))]
	records := append([]*policy.Record{s.Case}, s.Parts...)
	rec := records[p.rand.IntN(len(records))]
	junk := []string{`{}`, `{"x":1}`, `[]`, `{"amount":-5,"grant":"１２３"}`, ``, `{"title":7}`}
	a := Act{Record: rec.ID, Step: step.Name, Seat: step.By[p.rand.IntN(len(step.By))], Account: "闯入者",
		Holder: policy.Holder{Party: p.w.PartyID(p.st.Parties[p.rand.IntN(len(p.st.Parties))].Name)}, Values: []byte(junk[p.rand.IntN(len(junk))])}
	why := p.report.Why // what mischief is refused with says nothing of the rules
	p.report.Why = nil
	done, err := p.do(s, a, choice{rec: rec, step: step, from: st})
	p.report.Why = why
	return done, err
}
