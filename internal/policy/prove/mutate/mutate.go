// Package mutate asks how much the proofs are worth: it breaks a sound mechanism at random, many times, and counts how often
// somebody notices — the loader, a proof, or a scenario. What nobody notices is listed with why that is no hole, or with the
// admission that it may be one.
//
//	report, err := mutate.Run(os.DirFS("packs/shenyang"), mutate.Options{Mechanism: "jiebang", Seed: 1, Count: 500})
//	fmt.Print(report)
//
// A mutant is the mechanism's YAML with one change: a step, a deadline, a guard, a check, an effect, a rule or a form that is no
// longer asked for dropped; two effects exchanged; a target, a seat, a parameter or a comparison replaced by another. The same seed
// makes the same mutants of the same file.
package mutate

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/policy"
	"kechuang/internal/policy/prove"
)

// Options say what to break and how often.
type Options struct {
	Mechanism string
	Seed      uint64
	Count     int
	// Play runs what else could notice, such as the scenarios, and names what failed, "" for nothing. It may be nil, and is asked
	// only about mutants that every proof accepts.
	Play func(*policy.Pack, *policy.Mechanism) string
}

// Mutant is one broken mechanism and who noticed.
type Mutant struct {
	Op     string `json:"op"`
	Where  string `json:"where"` // "flow.open.publish.when[0]"
	Line   int    `json:"line"`
	Change string `json:"change"`
	Caught string `json:"caught,omitempty"` // typed, sound … or what Play named; "" survived
	Class  string `json:"class,omitempty"`  // of survivors: why that is no hole
	// Code is the finding's, for those that were caught.
	Code string `json:"code,omitempty"`
}

// Report is what became of all mutants.
type Report struct {
	Mechanism string        `json:"mechanism"`
	Seed      uint64        `json:"seed"`
	Mutants   []Mutant      `json:"mutants"`
	Took      time.Duration `json:"took"`
}

// Run breaks one mechanism Count times. The mechanism must be sound to begin with.
func Run(fsys fs.FS, o Options) (*Report, error) {
	start := time.Now()
	name, source, err := find(fsys, o.Mechanism)
	if err != nil {
		return nil, err
	}
	if m := judge(overlay{fsys, name, source}, o); m.Caught != "" { // laid over as every mutant is
		return nil, fmt.Errorf("mutate: %s is not sound to begin with: %s %s", o.Mechanism, m.Caught, m.Code)
	}
	r := &Report{Mechanism: o.Mechanism, Seed: o.Seed}
	random := rand.New(rand.NewPCG(o.Seed, 0x6b63))
	seen := map[string]bool{}
	for tries := 0; len(r.Mutants) < o.Count && tries < 20*o.Count; tries++ {
		var doc yaml.Node
		if err := yaml.Unmarshal(source, &doc); err != nil {
			return nil, fmt.Errorf("mutate: %s: %w", name, err)
		}
		s := pick(random, sites(doc.Content[0]))
		change := s.apply(random)
		key := s.op + s.where + change
		if change == "" || seen[key] {
			continue
		}
		seen[key] = true
		data, err := yaml.Marshal(&doc)
		if err != nil {
			return nil, fmt.Errorf("mutate: %s: %w", name, err)
		}
		m := judge(overlay{fsys, name, data}, o)
		m.Op, m.Where, m.Line, m.Change = s.op, s.where, s.line, change
		if m.Caught == "" {
			m.Class = s.class
		}
		r.Mutants = append(r.Mutants, m)
	}
	r.Took = time.Since(start)
	return r, nil
}

// pick chooses an operator first and then a place, so that what is rare in the file is tried as often as what is common.
func pick(random *rand.Rand, all []*site) *site {
	var ops []string
	for _, s := range all {
		if !slices.Contains(ops, s.op) {
			ops = append(ops, s.op)
		}
	}
	op := ops[random.IntN(len(ops))]
	all = slices.DeleteFunc(all, func(s *site) bool { return s.op != op })
	return all[random.IntN(len(all))]
}

// judge tells who notices.
func judge(fsys fs.FS, o Options) (m Mutant) {
	pack, typed := policy.Load(fsys)
	if len(typed) > 0 {
		return Mutant{Caught: prove.Typed, Code: typed[0].Code}
	}
	mech := pack.Mechanism(o.Mechanism)
	for _, v := range prove.Prove(pack, mech) {
		if !v.OK {
			return Mutant{Caught: v.Proof, Code: v.Findings[0].Code}
		}
	}
	if o.Play != nil {
		return Mutant{Caught: o.Play(pack, mech)}
	}
	return Mutant{}
}

func find(fsys fs.FS, mechanism string) (name string, source []byte, err error) {
	names, err := fs.Glob(fsys, "mechanisms/*.yaml")
	if err != nil {
		return "", nil, fmt.Errorf("mutate: %w", err)
	}
	for _, n := range names {
		data, err := fs.ReadFile(fsys, n)
		if err != nil {
			return "", nil, fmt.Errorf("mutate: %w", err)
		}
		var head struct{ Mechanism string }
		if yaml.Unmarshal(data, &head) == nil && head.Mechanism == mechanism {
			return n, data, nil
		}
	}
	return "", nil, fmt.Errorf("mutate: the pack has no mechanism %q", mechanism)
}

// overlay is a file system with one file replaced.
type overlay struct {
	fs.FS
	name string
	data []byte
}

// Open opens the replaced file from memory, and every other from beneath.
func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return &memory{bytes.NewReader(o.data), o}, nil
	}
	return o.FS.Open(name)
}

// ReadDir lists what is beneath: a pack may be laid over what is national, and that knows how to list both.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

type memory struct {
	*bytes.Reader
	o overlay
}

func (m *memory) Close() error               { return nil }
func (m *memory) Stat() (fs.FileInfo, error) { return info{m.o}, nil }

type info struct{ o overlay }

func (i info) Name() string       { return path.Base(i.o.name) }
func (i info) Size() int64        { return int64(len(i.o.data)) }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }

// Caught counts mutants that somebody noticed.
func (r *Report) Caught() int {
	n := 0
	for _, m := range r.Mutants {
		if m.Caught != "" {
			n++
		}
	}
	return n
}

// Holes are what the proofs should have noticed: survivors that no class explains, and mutants that the proofs accept and on which a
// random case broke a promise.
func (r *Report) Holes() []Mutant {
	return slices.DeleteFunc(slices.Clone(r.Mutants), func(m Mutant) bool {
		return m.Caught != "" && !strings.HasPrefix(m.Caught, "random") || m.Caught == "" && m.Class != ""
	})
}

// String is the report for people: counts by operator and by who noticed, then every survivor.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d mutants (seed %d, %v), %d caught (%d %%), %d survived\n", r.Mechanism, len(r.Mutants), r.Seed, r.Took.Round(time.Millisecond),
		r.Caught(), 100*r.Caught()/max(1, len(r.Mutants)), len(r.Mutants)-r.Caught())
	count := func(title string, key func(Mutant) string) {
		n := map[string]int{}
		for _, m := range r.Mutants {
			n[key(m)]++
		}
		var keys []string
		for k := range n {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		b.WriteString("\n" + title + "\n")
		for _, k := range keys {
			fmt.Fprintf(&b, "  %-44s %d\n", k, n[k])
		}
	}
	count("by who noticed", func(m Mutant) string {
		if m.Caught == "" {
			return "(nobody) " + m.Class
		}
		return m.Caught
	})
	count("by change", func(m Mutant) string {
		if m.Caught == "" {
			return m.Op + ": survived"
		}
		return m.Op + ": caught"
	})
	b.WriteString("\nsurvivors\n")
	for _, m := range r.Mutants {
		if m.Caught == "" {
			fmt.Fprintf(&b, "  line %d %s %s: %s — %s\n", m.Line, m.Op, m.Where, m.Change, m.Class)
		}
	}
	return b.String()
}
