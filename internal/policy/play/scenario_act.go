package play

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// said is one act as a line says it.
type said struct {
	who     string
	account string
	part    string
	pick    string // of the part: "#2", "(东北大学)", "*" or ""
	step    string
	form    string
	values  typedValues
	reason  string
	arrow   bool
	state   string
	refused bool
	because string
}

var (
	stepForm   = regexp.MustCompile(`^(?:([a-zA-Z0-9_]+)(#\d+|\([^)]*\)|\*)?\.)?([a-zA-Z0-9_]+)$`)
	reasonForm = regexp.MustCompile(`(?:说|say)\s*["“]([^"”]*)["”]`)
)

// parse takes a line apart.
func parse(text string) (said, error) {
	var a said
	body, rest, ok := cutAny(text, " ✗", " ✘")
	if ok {
		a.refused, a.because = true, strings.TrimSpace(rest)
	} else {
		body, rest, a.arrow = cutAny(text, "→", "->")
		a.state = strings.TrimSpace(rest)
	}
	if open := strings.IndexByte(body, '{'); open >= 0 {
		end := strings.LastIndexByte(body, '}')
		if end < open {
			return a, errors.New("a brace is not closed")
		}
		head := strings.Fields(body[:open])
		if len(head) == 0 {
			return a, errors.New("nobody acts")
		}
		a.form = head[len(head)-1]
		if err := yaml.Unmarshal([]byte(body[open:end+1]), &a.values); err != nil {
			return a, err
		}
		body = body[:open] + " " + body[end+1:]
	}
	if m := reasonForm.FindStringSubmatch(body); m != nil {
		a.reason = m[1]
		body = strings.Replace(body, m[0], "", 1)
	}
	words := strings.Fields(body)
	if len(words) < 2 || len(words) > 3 {
		return a, fmt.Errorf("%q is not “who step form{…} → state”", text)
	}
	if len(words) == 3 {
		a.form = words[2]
	}
	a.who, a.account, _ = strings.Cut(words[0], "/")
	if a.account == "" {
		a.account = a.who
	}
	m := stepForm.FindStringSubmatch(words[1])
	if m == nil {
		return a, fmt.Errorf("%q is not a step", words[1])
	}
	a.part, a.pick, a.step = m[1], m[2], m[3]
	return a, nil
}

func (s *stager) act(text string) error {
	a, err := parse(text)
	if err != nil {
		return err
	}
	targets, err := s.targets(a)
	if err != nil {
		if a.refused && refusalHas(err, a.because) {
			return nil
		}
		return fmt.Errorf("%s: %w", text, err)
	}
	for _, t := range targets {
		if err := s.one(a, t); err != nil {
			if o, ok := errors.AsType[*Otherwise](err); ok {
				o.Said = text
			}
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	return nil
}

// target is one record on which an act is done, by one holder of one seat.
type target struct {
	rec    *policy.Record // of a part to start, one that does not exist yet
	starts bool
	seat   string
	holder policy.Holder
	step   *policy.Step
}

// one does an act and compares what comes of it with what was said.
func (s *stager) one(a said, t target) error {
	act := Act{Record: t.rec.ID, Step: a.step, Seat: t.seat, Account: a.account, Holder: t.holder, Reason: a.reason}
	if t.starts {
		act.Record, act.Part, act.Parent = "", t.rec.Part, t.rec.Parent
	}
	if t.step != nil && t.step.Say && a.reason == "" && !strings.Contains(a.because, "理由") {
		act.Reason = "按规定办理"
	}
	var err error
	if act.Values, err = s.values(a, t); err != nil {
		return err
	}
	before, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	started := len(before.Parts)
	err = s.w.Do(act)
	if a.refused {
		return expectRefusal(err, a.because)
	}
	if err != nil {
		return refusedInstead(err)
	}
	if !a.arrow {
		return nil
	}
	after, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	rec := after.Record(act.Record)
	if t.starts {
		if len(after.Parts) <= started {
			return errors.New("no part was started")
		}
		rec = after.Parts[started]
	}
	if rec.State != a.state {
		return otherwise("现在到了“%s”，原来写的是“%s”", "it stands in %s and not in %s", rec.State, a.state)
	}
	return nil
}

// refusedInstead tells why an act was refused that should be done; a fault is a fault.
func refusedInstead(err error) error {
	why := refusal.Of(err)
	if len(why) == 0 {
		return err
	}
	return &Otherwise{Text: lang.T("现在办不成："+sentences(why, lang.ZH), "refused: "+sentences(why, lang.EN)), fine: "refused: " + err.Error()}
}

// sentences are those of refusals.
func sentences(why refusal.List, l lang.Tag) string {
	var list []string
	for _, r := range why {
		list = append(list, r.Text.In(l))
	}
	return strings.Join(list, map[lang.Tag]string{lang.ZH: "；", lang.EN: "; "}[l])
}

func expectRefusal(err error, because string) error {
	switch {
	case err == nil:
		return otherwise("本应退回（%s），现在办成了", "it was done, and should have been refused (%s)", because)
	case len(refusal.Of(err)) == 0:
		return fmt.Errorf("not a refusal but a fault: %w", err)
	case !refusalHas(err, because):
		why := refusal.Of(err)
		return &Otherwise{Text: lang.T("退回的理由不是“"+because+"”，而是："+sentences(why, lang.ZH), "refused, but not with “"+because+"”: "+sentences(why, lang.EN)), fine: "refused, but not with “" + because + "”: " + err.Error()}
	}
	return nil
}

func refusalHas(err error, text string) bool {
	for _, r := range refusal.Of(err) {
		if strings.Contains(r.Text.ZH, text) || strings.Contains(r.Rule, text) || strings.Contains(r.ID, text) || strings.Contains(r.Way.ZH, text) {
			return true
		}
	}
	return false
}

// targets finds the records, seats and holders that a line speaks of.
func (s *stager) targets(a said) ([]target, error) {
	snap, err := s.w.Snapshot()
	if err != nil {
		return nil, err
	}
	if a.part == "" {
		t := target{rec: snap.Case}
		s.sit(snap, a, &t)
		return []target{t}, nil
	}
	p := snap.Mechanism.Part(a.part)
	if p == nil {
		return nil, fmt.Errorf("there are no parts %q", a.part)
	}
	list := s.picked(snap, a, p)
	if len(list) > 0 {
		return list, nil
	}
	if p.Starts != nil && a.pick == "" {
		rec := &policy.Record{Part: p.Name, State: p.Initial().Name}
		h := policy.Holder{Party: s.w.PartyID(a.who)}
		if as := p.Seat(p.Starts.By).SameAs; a.who == as && len(snap.Holders(snap.Case, as)) > 0 {
			h = snap.Holders(snap.Case, as)[0]
		}
		return []target{{rec: rec, starts: true, seat: p.Starts.By, holder: h, step: p.Initial().Step(a.step)}}, nil
	}
	return nil, fmt.Errorf("no part %s%s where %s is possible for %s", a.part, a.pick, a.step, a.who)
}

// picked is the records of a part that a line means: those in which the step is possible, or else all that its choice names.
func (s *stager) picked(snap *policy.Snapshot, a said, p *policy.Machine) []target {
	var able, rest []target
	for _, rec := range snap.Parts {
		if rec.Part != p.Name || !s.named(snap, a.pick, rec) {
			continue
		}
		t := target{rec: rec}
		seated := s.sit(snap, a, &t)
		switch {
		case t.step != nil && seated:
			able = append(able, t)
		case seated:
			rest = append([]target{t}, rest...)
		case a.pick != "":
			rest = append(rest, t)
		}
	}
	switch {
	case len(able) > 0 && a.pick == "*":
		return able
	case len(able) > 0:
		return able[:1]
	case len(rest) > 0 && (p.Starts == nil || a.pick != "" || p.Initial().Step(a.step) == nil):
		return rest[:1]
	}
	return nil
}

func (s *stager) named(snap *policy.Snapshot, pick string, rec *policy.Record) bool {
	if number, ok := strings.CutPrefix(pick, "#"); ok {
		return number == fmt.Sprint(rec.Number)
	}
	if name := strings.Trim(pick, "()"); name != "" && name != "*" {
		for r := rec; r != nil && r.Part != ""; r = snap.Up(r) {
			for _, list := range r.Seats {
				for _, h := range list {
					if h.Party == s.w.PartyID(name) {
						return true
					}
				}
			}
		}
		return false
	}
	return true
}

// sit finds the step, and the seat and holder in which who would do it; false where they hold none of its seats. Where they hold
// none, the seat is the first of the step, so that the refusal is policy's own.
func (s *stager) sit(snap *policy.Snapshot, a said, t *target) bool {
	x := snap.Mechanism.Machine(t.rec.Part)
	if st := x.State(t.rec.State); st != nil {
		t.step = st.Step(a.step)
	}
	by := s.seatsOf(x, a, t.step)
	id := s.w.PartyID(a.who)
	for _, seat := range by {
		for _, h := range snap.Holders(t.rec, seat) {
			if own := x.Seat(seat); seat == a.who || h.Party == id || own != nil && own.SameAs == a.who {
				t.seat, t.holder = seat, h
				return true
			}
		}
	}
	t.seat, t.holder = a.who, policy.Holder{Party: id}
	if list := snap.Holders(t.rec, a.who); len(list) > 0 {
		t.holder = list[0]
	} else if len(by) > 0 && t.seat != by[0] && snap.Mechanism.Seat(a.who) == nil {
		t.seat = by[0]
	}
	return false
}

// seatsOf is the seats that may do a step, wherever in the machine it stands when it does not begin here.
func (s *stager) seatsOf(x *policy.Machine, a said, step *policy.Step) []string {
	if step != nil {
		return step.By
	}
	for _, st := range x.States {
		if other := st.Step(a.step); other != nil {
			return other.By
		}
	}
	return nil
}

// values is the form as it is sent: what the line gives over what the section forms gives, and the rest made up.
func (s *stager) values(a said, t target) (json.RawMessage, error) {
	if t.step == nil || t.step.Fill == "" {
		return nil, nil
	}
	snap, err := s.w.Snapshot()
	if err != nil {
		return nil, err
	}
	form := snap.Mechanism.Form(t.step.Fill)
	if a.form != "" && a.form != form.Name {
		return nil, fmt.Errorf("%s fills the form %s and not %s", a.step, form.Name, a.form)
	}
	if t.step.All && t.rec.Joint != nil && t.rec.Joint.Step == t.step.Name && a.values == nil {
		return nil, nil // signs what the first has filled
	}
	given := map[string]any{}
	key := form.Name
	if snap.Mechanism.Name != s.f.Mechanism { // the forms of other cases are written tech_contract.contract
		key = snap.Mechanism.Name + "." + key
	}
	for k, v := range s.f.Forms[key] {
		given[k] = v
	}
	for k, v := range a.values {
		given[k] = v
	}
	object, err := s.jsonOf(form.Fields, given)
	if err != nil {
		return nil, err
	}
	s.complete(snap, t, form, object)
	return json.Marshal(object)
}

// complete makes up the fields that nobody gave; rows that were given get their missing columns.
func (s *stager) complete(snap *policy.Snapshot, t target, form *policy.Form, object map[string]json.RawMessage) {
	raw, _ := json.Marshal(object)
	given, _ := form.DecodeForm(raw, nil) // what is wrong with it is for the world to refuse
	known := *snap
	known.Asked = s.known.answers(snap, snap.Mechanism.Asks(t.step), t.rec, policy.Intent{Values: given})
	sc := &policy.Scope{Snapshot: &known, Record: t.rec}
	for name := range object {
		if _, ok := given[name]; !ok {
			given[name] = nil // given, and not to be made up even where it is wrong or empty
		}
	}
	for _, f := range form.Fields {
		if rows, ok := given[f.Name].([]policy.Values); ok {
			object[f.Name] = s.columns(sc, f, rows, object[f.Name], form.Name)
		}
	}
	for name, v := range s.filler.Fill(sc, form, t.step.When, given) {
		if _, ok := object[name]; !ok && v != nil {
			object[name] = policy.EncodeValue(v)
		}
	}
}

func (s *stager) columns(sc *policy.Scope, f *policy.Field, rows []policy.Values, raw json.RawMessage, form string) json.RawMessage {
	var list []map[string]json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) != len(rows) {
		return raw
	}
	for i := range list {
		for _, c := range f.Rows {
			if _, ok := list[i][c.Name]; !ok && !c.Optional {
				v := s.filler.value(sc, c, form, nil)
				list[i][c.Name] = policy.EncodeValue(v)
				rows[i][c.Name] = v
			}
		}
	}
	out, err := json.Marshal(list)
	if err != nil {
		return raw
	}
	return out
}
