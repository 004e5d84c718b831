package packs

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/refusal"
)

// witness is a world that remembers which steps were done, which states were reached, and what was refused.
type witness struct {
	play.World
	seen    map[string]bool // "bids.submitted.withdraw" for steps, "bids.submitted" for states
	refused *[]string
}

func (w witness) Do(a play.Act) error {
	before, err := w.Snapshot()
	if err != nil {
		return err
	}
	machine := before.Mechanism.Machine(a.Part)
	state := machine.Initial().Name
	if r := before.Record(a.Record); a.Record != "" && r != nil {
		machine, state = before.Mechanism.Machine(r.Part), r.State
	}
	if err = w.World.Do(a); err != nil {
		for _, r := range refusal.Of(err) {
			*w.refused = append(*w.refused, r.Text.ZH)
		}
		return err
	}
	w.seen[machine.Name+"."+state+"."+a.Step] = true
	return w.look()
}

func (w witness) Advance(to time.Time) error {
	if err := w.World.Advance(to); err != nil {
		return err
	}
	return w.look()
}

func (w witness) look() error {
	s, err := w.Snapshot()
	if err != nil {
		return err
	}
	w.seen["."+s.Case.State] = true
	for _, p := range s.Parts {
		w.seen[p.Part+"."+p.State] = true
	}
	return nil
}

// TestScenarios plays the city's stories on the interpreter. Together they must do every step, reach every state and every end, and
// be refused by every guard: a rule that no story speaks of is a rule that nobody has tried. What a block brings is tried once in the
// pack, by a story of whichever mechanism uses it.
func TestScenarios(t *testing.T) {
	t.Parallel()
	pack := load(t)
	files, err := play.Load(Shenyang(), pack)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]map[string]bool{}
	refused := map[string]*[]string{}
	for _, f := range files {
		if seen[f.Mechanism] == nil {
			seen[f.Mechanism], refused[f.Mechanism] = map[string]bool{}, &[]string{}
		}
		for _, r := range play.Run(f, func() play.World {
			return witness{play.NewInterpreter(), seen[f.Mechanism], refused[f.Mechanism]}
		}) {
			if r.Err != nil {
				t.Error(r)
			}
		}
	}
	of := &blocks{tried: map[policy.Pos]bool{}}
	for _, m := range pack.Mechanisms {
		of.add(m, seen[m.Name], refused[m.Name])
	}
	for _, m := range pack.Mechanisms {
		if seen[m.Name] == nil {
			t.Errorf("%s has no scenario", m.Name)
			continue
		}
		covered(t, m, seen[m.Name], *refused[m.Name], of)
	}
}

// blocks is what the stories of all mechanisms tried of what blocks bring, by where the block says it.
type blocks struct {
	tried   map[policy.Pos]bool
	refused []string
}

func ofBlock(at policy.Pos) bool { return strings.HasPrefix(at.File, "blocks/") }

func (b *blocks) add(m *policy.Mechanism, seen map[string]bool, refused *[]string) {
	for _, machine := range append([]*policy.Machine{m.Case}, m.Parts...) {
		for _, s := range machine.States {
			b.tried[s.Pos] = b.tried[s.Pos] || seen[machine.Name+"."+s.Name]
			for _, step := range s.Steps {
				b.tried[step.Pos] = b.tried[step.Pos] || seen[machine.Name+"."+s.Name+"."+step.Name]
			}
		}
	}
	if refused != nil {
		b.refused = append(b.refused, *refused...)
	}
}

// saw tells whether something was tried: in the mechanism itself, or where a block says it anywhere.
func (b *blocks) saw(at policy.Pos, here bool) bool { return here || ofBlock(at) && b.tried[at] }

func covered(t *testing.T, m *policy.Mechanism, seen map[string]bool, refused []string, of *blocks) {
	t.Helper()
	for _, machine := range append([]*policy.Machine{m.Case}, m.Parts...) {
		for _, s := range machine.States {
			if !of.saw(s.Pos, seen[machine.Name+"."+s.Name]) && s != machine.Initial() {
				t.Errorf("%s: no story reaches %s.%s", m.Name, machine.Name, s.Name)
			}
			for _, step := range s.Steps {
				if !of.saw(step.Pos, seen[machine.Name+"."+s.Name+"."+step.Name]) {
					t.Errorf("%s: no story does %s.%s.%s", m.Name, machine.Name, s.Name, step.Name)
				}
				for _, g := range step.When {
					spoken(t, m.Name+" "+s.Name+"."+step.Name, g, refused, of)
				}
			}
		}
	}
	for _, f := range m.Forms {
		for _, g := range f.Checks {
			if _, name, _ := strings.Cut(g.Field, "."); f.Field(name) != nil && f.Field(name).Full != "" && f.Field(name).Pos == g.Pos {
				continue // a full mark is asked for by the language, not by the mechanism
			}
			spoken(t, m.Name+" "+f.Name, g, refused, of)
		}
	}
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// elsewhere are guards that no story can meet, because only time outside the case brings them about.
var elsewhere = map[string]string{
	"揭榜方在禁止承担项目的期限内":          "a solver is barred between the bid, which asks the same, and the signature",
	"成果已经质押，未经质权人同意不能转让、作价投资": "it is pledged by another case",
	"不予登记：专利已经质押":             "it is pledged by another case",
	"成果已经质押，不能赋权":             "it is pledged by another case",
}

// spoken looks for a refusal that says what the guard says.
func spoken(t *testing.T, where string, g *policy.Guard, refused []string, of *blocks) {
	t.Helper()
	if ofBlock(g.Pos) {
		refused = of.refused
	}
	if elsewhere[g.Because.ZH] != "" {
		return
	}
	words := placeholder.Split(g.Because.ZH, -1)
	if !slices.ContainsFunc(refused, func(said string) bool {
		for _, w := range words {
			if !strings.Contains(said, w) {
				return false
			}
		}
		return true
	}) {
		t.Errorf("%s: no story is refused with “%s”", where, g.Because.ZH)
	}
}
