package play

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v3"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// File is one scenario file, read.
type File struct {
	Name      string
	Mechanism string
	Note      string
	Stage     Stage
	Forms     map[string]typedValues // form → field → as a person types it
	Scenarios []Scenario
}

// Scenario is one section: its lines with their numbers in the file.
type Scenario struct {
	Title string
	Lines []Line
}

// Line is one line that says something.
type Line struct {
	Number int
	Text   string
}

// Load reads every scenario of a pack, in the order of the files' names.
func Load(fsys fs.FS, p *policy.Pack) ([]*File, error) {
	var out []*File
	names, err := fs.Glob(fsys, "scenarios/*/*.txtar")
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		f, err := Parse(name, data, p, path.Base(path.Dir(name)))
		if err != nil {
			problems = append(problems, err)
			continue
		}
		out = append(out, f)
	}
	return out, errors.Join(problems...)
}

// Parse reads one scenario file for a mechanism of a pack.
func Parse(name string, data []byte, p *policy.Pack, mechanism string) (*File, error) {
	m := p.Mechanism(mechanism)
	if m == nil {
		return nil, fmt.Errorf("%s: there is no mechanism %q", name, mechanism)
	}
	a := txtar.Parse(data)
	f := &File{Name: name, Mechanism: mechanism, Note: strings.TrimSpace(string(a.Comment)), Stage: DefaultStage(p, m)}
	for _, sec := range a.Files {
		var err error
		switch sec.Name {
		case "world":
			err = f.world(sec.Data)
		case "forms":
			err = yaml.Unmarshal(sec.Data, &f.Forms)
		default:
			f.Scenarios = append(f.Scenarios, Scenario{Title: sec.Name, Lines: lines(data, sec)})
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, sec.Name, err)
		}
	}
	return f, nil
}

// lines numbers a section's lines as they stand in the file.
func lines(file []byte, sec txtar.File) []Line {
	head := "-- " + sec.Name + " --"
	first := 1
	for i, l := range strings.Split(string(file), "\n") {
		if strings.TrimSpace(l) == head {
			first = i + 2
		}
	}
	var out []Line
	for i, l := range strings.Split(string(sec.Data), "\n") {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			out = append(out, Line{first + i, l})
		}
	}
	return out
}

// worldFile is the section “world”.
type worldFile struct {
	Today   string                       `yaml:"today"`
	Opener  string                       `yaml:"opener"`
	Parties map[string]map[string]any    `yaml:"parties"`
	Related [][]string                   `yaml:"related"`
	Records map[string]typedValues       `yaml:"records"`
	Rights  map[string]map[string]string `yaml:"rights"`
	Shares  map[string]map[string]string `yaml:"shares"`
	Nodes   map[string][]string          `yaml:"nodes"`
	Cases   []caseFile                   `yaml:"cases"`
	Funds   map[string]string            `yaml:"funds"`
}

func (f *File) world(data []byte) error {
	var w worldFile
	d := yaml.NewDecoder(strings.NewReader(string(data)))
	d.KnownFields(true)
	if err := d.Decode(&w); err != nil {
		return err
	}
	if w.Today != "" {
		day, err := caldate.Parse(w.Today)
		if err != nil {
			return err
		}
		f.Stage.Now = day.Start().Add(9 * time.Hour)
	}
	if w.Opener != "" {
		f.Stage.Opener = w.Opener
	}
	if len(w.Parties) > 0 {
		region := f.Stage.Parties[0].Region
		f.Stage.Parties, f.Stage.Related = nil, nil
		for _, name := range order(data, "parties", w.Parties) {
			p, err := party(name, region, w.Parties[name])
			if err != nil {
				return err
			}
			f.Stage.Parties = append(f.Stage.Parties, p)
		}
	}
	for _, r := range w.Related {
		if len(r) != 2 {
			return fmt.Errorf("related: two names a tie, not %v", r)
		}
		f.Stage.Related = append(f.Stage.Related, [2]string{r[0], r[1]})
	}
	f.nodes(data, w.Nodes)
	f.Stage.Records = defaultRecords(f.Stage.Pack, f.Stage.Mechanism, f.Stage.Parties)
	if err := f.records(data, w.Records); err != nil {
		return err
	}
	f.Stage.Stakes = defaultStakes(&f.Stage)
	if len(w.Rights)+len(w.Shares) > 0 {
		f.Stage.Stakes = nil
	}
	if err := errors.Join(f.stakes(w.Rights, data, "rights"), f.stakes(w.Shares, data, "shares")); err != nil {
		return err
	}
	if err := f.before(w.Cases); err != nil {
		return err
	}
	for name, s := range w.Funds {
		fen, err := money.Parse(s)
		if err != nil {
			return err
		}
		f.Stage.Funds[name] = fen
	}
	return nil
}

// typedValues is values by name as a person typed them: a number stays the text that was written (202110123456.7 is no amount), yes and
// no are flags.
type typedValues map[string]any

// UnmarshalYAML reads a mapping.
func (v *typedValues) UnmarshalYAML(n *yaml.Node) error {
	m, ok := typedNode(n).(map[string]any)
	if !ok {
		return fmt.Errorf("line %d: a mapping is expected", n.Line)
	}
	*v = m
	return nil
}

func typedNode(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = typedNode(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, typedNode(c))
		}
		return list
	}
	switch n.Tag {
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	}
	return n.Value
}

// order is the names of one list of the world as they stand in the file, so that what depends on their order never changes.
func order[V any](data []byte, what string, parties map[string]V) []string {
	var doc yaml.Node
	var out []string
	if yaml.Unmarshal(data, &doc) == nil && len(doc.Content) > 0 {
		for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
			if list := doc.Content[0].Content[i+1]; doc.Content[0].Content[i].Value == what {
				for j := 0; j+1 < len(list.Content); j += 2 {
					if _, ok := parties[list.Content[j].Value]; ok {
						out = append(out, list.Content[j].Value)
					}
				}
			}
		}
	}
	return out
}

func party(name, region string, said map[string]any) (Party, error) {
	p := Party{Name: name, Kind: "enterprise", Region: region, Attr: map[string]policy.Value{}}
	for key, v := range said {
		s := fmt.Sprint(v)
		var err error
		switch key {
		case "kind":
			p.Kind = s
		case "region":
			p.Region = s
		case "fields":
			list, _ := v.([]any)
			for _, x := range list {
				p.Fields = append(p.Fields, fmt.Sprint(x))
			}
		default:
			t, ok := policy.Attributes[key]
			if !ok {
				return p, fmt.Errorf("%s: nothing is known under %q", name, key)
			}
			p.Attr[key], err = typed(t, v)
		}
		if err != nil {
			return p, fmt.Errorf("%s: %s: %w", name, key, err)
		}
	}
	return p, nil
}

func typed(t policy.Type, v any) (policy.Value, error) {
	s := fmt.Sprint(v)
	switch t {
	case policy.FlagType:
		return s == "true", nil
	case policy.MoneyType:
		return money.Parse(s)
	case policy.ShareType:
		return share.Parse(s)
	case policy.CountType:
		n, ok := v.(int)
		if !ok {
			return nil, fmt.Errorf("“%s” is not a count", s)
		}
		return int64(n), nil
	}
	return s, nil
}

// Result is one scenario that was played.
type Result struct {
	File, Title string
	Line        int   // where it went wrong
	Err         error // nil where it went as written
}

// String is the result as a test log shows it.
func (r Result) String() string {
	if r.Err == nil {
		return fmt.Sprintf("%s: %s: ok", r.File, r.Title)
	}
	return fmt.Sprintf("%s:%d: %s: %v", r.File, r.Line, r.Title, r.Err)
}

// Run plays every scenario of a file, each in a world of its own.
func Run(f *File, world func() World) []Result {
	var out []Result
	for _, sc := range f.Scenarios {
		r := Result{File: f.Name, Title: sc.Title}
		r.Line, r.Err = RunOne(f, sc, world())
		out = append(out, r)
	}
	return out
}

// RunOne plays one scenario in a world that has not begun; the line is where it went wrong.
func RunOne(f *File, sc Scenario, w World) (line int, err error) {
	if err := w.Begin(f.Stage); err != nil {
		return 0, err
	}
	st := f.Stage
	s := &stager{f: f, w: w, st: &st, known: newRegister(&st, w), funds: map[string]money.Fen{},
		filler: &Filler{Rand: rand.New(rand.NewPCG(1, 2)), Stage: &st, PartyID: w.PartyID, RecordID: w.RecordID, Cases: casesOf(w)}}
	for name := range st.Pack.Funds {
		if s.funds[name], err = w.Fund(name); err != nil {
			return 0, err
		}
	}
	if s.held, err = w.Records(); err != nil {
		return 0, err
	}
	for _, l := range sc.Lines {
		if err := s.line(l.Text); err != nil {
			return l.Number, err
		}
	}
	return 0, nil
}

// stager plays the lines of one scenario.
type stager struct {
	f      *File
	w      World
	st     *Stage
	known  *register
	filler *Filler
	funds  map[string]money.Fen // at the beginning
	held   map[string]int       // records by kind, at the beginning
}

func (s *stager) line(text string) error {
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "clock":
		when, state, arrow := cutAny(rest, "→", "->")
		if err := s.clock(strings.TrimSpace(when)); err != nil {
			return err
		}
		if arrow {
			return s.state(strings.TrimSpace(state))
		}
		return nil
	case "state":
		return s.state(rest)
	case "parts":
		return s.parts(rest)
	case "facts":
		return s.facts(rest)
	case "right":
		return s.right(rest)
	case "stake":
		return s.stake(rest)
	case "money":
		return s.money(rest)
	case "seat":
		return s.seat(rest)
	case "started":
		return s.started(rest)
	case "open":
		who, because, refused := cutAny(rest, " ✗", " ✘")
		mechanism, party, _ := strings.Cut(who, " ")
		err := s.w.Open(mechanism, strings.TrimSpace(party))
		if refused {
			return expectRefusal(err, strings.TrimSpace(because))
		}
		return err
	case "case":
		name, n := caseName(rest)
		return s.w.Switch(name, n)
	case "record":
		return s.record(rest)
	case "records":
		return s.records(rest)
	}
	for _, one := range strings.Split(text, " · ") {
		if err := s.act(strings.TrimSpace(one)); err != nil {
			return err
		}
	}
	return nil
}

func cutAny(s string, seps ...string) (string, string, bool) {
	for _, sep := range seps {
		if a, b, ok := strings.Cut(s, sep); ok {
			return a, b, true
		}
	}
	return s, "", false
}

// jsonOf writes what a person typed as the JSON of a form: scalars as texts, parties by their identifiers.
func (s *stager) jsonOf(fields []*policy.Field, said map[string]any) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for name, v := range said {
		var f *policy.Field
		for _, x := range fields {
			if x.Name == name {
				f = x
			}
		}
		raw, err := s.fieldJSON(f, v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = raw
	}
	return out, nil
}

func (s *stager) fieldJSON(f *policy.Field, v any) (json.RawMessage, error) {
	if f == nil {
		return json.Marshal(fmt.Sprint(v)) // unknown fields are for the form to refuse
	}
	if v == nil {
		return json.RawMessage("null"), nil
	}
	switch f.Type {
	case policy.RowsType:
		list, ok := v.([]any)
		if !ok {
			return nil, errors.New("a list of rows is expected")
		}
		rows := []map[string]json.RawMessage{}
		for _, r := range list {
			said, _ := r.(map[string]any)
			row, err := s.jsonOf(f.Rows, said)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		return json.Marshal(rows)
	case policy.DocumentType:
		return json.Marshal(Document(fmt.Sprint(v)))
	case policy.PartyType:
		return json.Marshal(s.w.PartyID(fmt.Sprint(v)))
	case policy.RecordType:
		return json.Marshal(s.w.RecordID(fmt.Sprint(v)))
	case policy.CaseType:
		name, n := caseName(fmt.Sprint(v))
		list, err := s.w.Cases(name)
		if err != nil || n < 1 || n > len(list) {
			return json.Marshal(fmt.Sprint(v)) // for the world to refuse
		}
		return json.Marshal(list[n-1])
	case policy.FlagType:
		if b, ok := v.(bool); ok {
			return json.Marshal(b)
		}
	}
	if t, ok := v.(time.Time); ok {
		return json.Marshal(t.Format(time.DateOnly))
	}
	return json.Marshal(fmt.Sprint(v))
}
