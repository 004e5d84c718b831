package play

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// tie is one way of a link: the case knows the other under a name, "" where its mechanism has none for it.
type tie struct{ in, link, other string }

// Switch plays the n-th case of a mechanism.
func (w *Interpreter) Switch(mechanism string, n int) error {
	list, _ := w.Cases(mechanism)
	if n < 1 || n > len(list) {
		return fmt.Errorf("there are %d cases of %s", len(list), mechanism)
	}
	w.s, _ = w.Case(list[n-1])
	return nil
}

// Cases lists the cases of a mechanism.
func (w *Interpreter) Cases(mechanism string) ([]string, error) {
	var out []string
	for _, s := range w.cases {
		if s.Mechanism.Name == mechanism {
			out = append(out, s.Case.ID)
		}
	}
	return out, nil
}

// Case finds a case.
func (w *Interpreter) Case(id string) (*policy.Snapshot, error) {
	for _, s := range w.cases {
		if s.Case.ID == id {
			return s, nil
		}
	}
	return nil, nil
}

// Links is the cases that the one played knows.
func (w *Interpreter) Links() (map[string][]string, error) {
	out := map[string][]string{}
	for _, t := range w.links {
		if t.in == w.s.Case.ID && t.link != "" {
			out[t.link] = append(out[t.link], t.other)
		}
	}
	return out, nil
}

// tie links two cases both ways.
func (w *Interpreter) tie(a, link, b, back string) {
	for _, t := range []tie{{a, link, b}, {b, back, a}} {
		if !slices.Contains(w.links, t) {
			w.links = append(w.links, t)
		}
	}
}

// start opens the case that an effect starts.
func (w *Interpreter) start(a policy.StartCase) {
	from := w.s
	if w.Open(a.Mechanism, a.Opener.Party) != nil {
		return
	}
	w.duty[w.s.Case.ID] = true
	w.s.Prefill = map[string]policy.Values{}
	for form, values := range a.Fill {
		w.s.Prefill[form] = policy.Settled(values, from.Things)
	}
	w.tie(from.Case.ID, a.Link, w.s.Case.ID, a.As)
	w.s = from
}

// follow links the case with those that its forms choose.
func (w *Interpreter) follow() {
	for _, l := range w.s.Mechanism.Links {
		id := (&policy.Scope{Snapshot: w.s}).LinkCase(l.Name)
		o, _ := w.Case(id)
		if o == nil {
			continue
		}
		w.links = slices.DeleteFunc(w.links, func(t tie) bool {
			return t.in == w.s.Case.ID && t.link == l.Name && t.other != id || t.other == w.s.Case.ID && t.in != id && slices.Contains(w.links, tie{w.s.Case.ID, l.Name, t.in})
		})
		w.tie(w.s.Case.ID, l.Name, id, o.Mechanism.LinkTo(w.s.Mechanism.Name, false))
	}
}

// linkable refuses a case that is not there, is of another mechanism, or does not stand where it may be followed.
func (w *Interpreter) linkable(path string, fields []*policy.Field, values policy.Values) refusal.List {
	var list refusal.List
	for _, f := range fields {
		id, _ := values[f.Name].(string)
		if f.Type != policy.CaseType || id == "" {
			continue
		}
		o, _ := w.Case(id)
		switch {
		case o == nil || !slices.Contains(f.Cases, o.Mechanism.Name):
			list.Add(refusal.New(refusal.Invalid, "casework.no_case", lang.T("“"+f.Title.ZH+"”所选的不是可以联办的事项", "what was chosen for “"+f.Title.EN+"” is no case that can be followed"))).At(path + f.Name)
		case len(f.Ends) > 0 && !slices.Contains(f.Ends, o.Case.State):
			st := o.Mechanism.Case.State(o.Case.State).Title
			list.Add(refusal.New(refusal.Invalid, "casework.case_state", lang.T("“"+f.Title.ZH+"”所选的事项现为“"+st.ZH+"”，还不能联办", "the case chosen for “"+f.Title.EN+"” stands in “"+st.EN+"”"))).At(path + f.Name)
		}
	}
	return list
}

// before puts a case where the stage says that it stands.
func (w *Interpreter) before(b Before) error {
	if err := w.Open(b.Mechanism, b.Opener); err != nil {
		return err
	}
	if w.s.Mechanism.Case.State(b.State) == nil {
		return fmt.Errorf("play: %s has no state %q", b.Mechanism, b.State)
	}
	w.s.Case.State, w.s.Case.Forms = b.State, maps.Clone(b.Forms)
	if w.s.Case.Forms == nil {
		w.s.Case.Forms = map[string]policy.Values{}
	}
	return nil
}

// defaultCases gives the mechanism a case of each that its forms choose and its opener could have opened.
func defaultCases(st *Stage) []Before {
	var out []Before
	kind := ""
	for _, p := range st.Parties {
		if p.Name == st.Opener {
			kind = p.Kind
		}
	}
	for _, l := range st.Mechanism.Links {
		if l.From == "" {
			continue
		}
		for _, name := range l.Mechanisms {
			o := st.Pack.Mechanism(name)
			state := ""
			if s := o.Seat(o.Opener); s == nil || !s.Takes(kind) {
				continue
			}
			for _, s := range o.Case.States {
				if slices.Contains(l.Ends, s.Name) || len(l.Ends) == 0 && s.End {
					state = s.Name
					break
				}
			}
			if state != "" {
				out = append(out, Before{Mechanism: name, State: state, Opener: st.Opener})
			}
		}
	}
	return out
}

var askedOf = regexp.MustCompile(`linked\.(\w+)\.any\('(\w+)'`)

// askedCases are the linked cases that a mechanism's conditions ask for, as they ask for them: what another case would have started.
func askedCases(st *Stage) []Before {
	var out []Before
	seen := map[string]bool{}
	for _, found := range askedOf.FindAllStringSubmatch(string(st.Mechanism.Source), -1) {
		l := st.Mechanism.Link(found[1])
		if l == nil || l.From != "" || seen[found[1]] {
			continue
		}
		seen[found[1]] = true
		out = append(out, Before{Mechanism: l.Mechanisms[0], State: found[2], Opener: st.Opener, Link: l.Name})
	}
	return out
}

// caseFile is one case of the list “cases” of the section “world”.
type caseFile struct {
	Mechanism string                 `yaml:"mechanism"`
	State     string                 `yaml:"state"`
	Opener    string                 `yaml:"opener"`
	Link      string                 `yaml:"link"` // as which the case that is played knows it from the start
	Forms     map[string]typedValues `yaml:"forms"`
}

// before reads which cases there were.
func (f *File) before(said []caseFile) error {
	f.Stage.Cases = defaultCases(&f.Stage)
	if len(said) > 0 {
		f.Stage.Cases = nil
	}
	for _, c := range said {
		b := Before{Mechanism: c.Mechanism, State: c.State, Opener: c.Opener, Link: c.Link, Forms: map[string]policy.Values{}}
		m := f.Stage.Pack.Mechanism(c.Mechanism)
		if m == nil || m.Case.State(c.State) == nil {
			return fmt.Errorf("cases: there is no mechanism %q with the state %q", c.Mechanism, c.State)
		}
		if l := f.Stage.Mechanism.Link(c.Link); c.Link != "" && (l == nil || !slices.Contains(l.Mechanisms, c.Mechanism)) {
			return fmt.Errorf("cases: %s has no link %q to %s", f.Stage.Mechanism.Name, c.Link, c.Mechanism)
		}
		if b.Opener == "" {
			b.Opener = f.Stage.Opener
		}
		for name, said := range c.Forms {
			form := m.Form(name)
			if form == nil {
				return fmt.Errorf("cases: %s has no form %q", c.Mechanism, name)
			}
			values, err := read(form.Fields, form.Name, said)
			if err != nil {
				return fmt.Errorf("cases: %s: %w", name, err)
			}
			b.Forms[name] = values
		}
		f.Stage.Cases = append(f.Stage.Cases, b)
	}
	return nil
}

func casesOf(w World) func(string) []string {
	return func(mechanism string) []string {
		list, err := w.Cases(mechanism)
		if err != nil {
			return nil
		}
		return list
	}
}

// caseName reads “tech_contract#2” or “tech_contract 2”; without a number it is the first.
func caseName(text string) (string, int) {
	name, number, ok := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), " ", "#"), "#")
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if !ok || err != nil {
		n = 1
	}
	return name, n
}

// started is “tech_contract 1”: how many cases of a mechanism this one is linked with under one of its links.
func (s *stager) started(text string) error {
	links, err := s.w.Links()
	if err != nil {
		return err
	}
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	for _, item := range strings.Split(text, ",") {
		var mechanism string
		var want int
		if k, _ := fmt.Sscanf(strings.TrimSpace(item), "%s %d", &mechanism, &want); k != 2 {
			return errors.New("started: “mechanism number” is expected")
		}
		if snap.Pack.Mechanism(mechanism) == nil {
			return fmt.Errorf("there is no mechanism %q", mechanism)
		}
		n := 0
		for _, l := range snap.Mechanism.Links {
			if l.From != "" {
				continue
			}
			for _, id := range links[l.Name] {
				if o, err := s.w.Case(id); err == nil && o != nil && o.Mechanism.Name == mechanism {
					n++
				}
			}
		}
		if n != want {
			return fmt.Errorf("%d cases of %s were started and not %d", n, mechanism, want)
		}
	}
	return nil
}
