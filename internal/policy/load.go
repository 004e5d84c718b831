package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy/diag"
)

// maxFile is the largest file of a pack that is read; the largest mechanism written so far has 60 kB.
const maxFile = 4 << 20

// loader gathers a pack and everything that is wrong with it.
type loader struct {
	fsys   fs.FS
	pack   *Pack
	diags  diag.List
	blocks map[string]*blockDef
	mechs  []*mechLoader
	files  []string           // of all files
	todo   []func()           // what refers to kinds, which may come later in the file
	begun  map[string]parsing // the YAML files that digest came to, by name
}

// Load reads a pack and proves that it is typed. What it looks for, in this order:
//
//  1. every file can be read and is YAML; no key is unknown, repeated or missing; every title is in both languages
//  2. parameters have values of their type and name their document; calendars hold dates
//  3. mechanisms: blocks are expanded with all their parameters
//  4. every reference resolves: seats, forms, fields, states, parts, funds, facts, offices, taxonomies, documents
//  5. every guard, amount and sentence compiles against what can be read where it stands, with units
//  6. no form is read on a path on which it may not have been filled
//  7. figures: what they count, add up and aim at (checkFigures)
//
// All findings are given at once, sorted, with the proof "typed". The pack is never nil, but may be used only when there are none.
func Load(fsys fs.FS) (*Pack, diag.List) {
	l := &loader{fsys: fsys, blocks: map[string]*blockDef{}, begun: map[string]parsing{}, pack: &Pack{
		Basis: map[string]*Basis{}, Params: map[string]*Param{}, Funds: map[string]*Fund{}, Offices: map[string]*Office{},
		Facts: map[string]*FactKind{}, Figures: map[string]*Figure{}, Series: map[string]*Series{}, Taxonomies: map[string]*Taxonomy{}, Kinds: map[string]*Kind{}, Articles: map[string]*Article{}, Calendar: caldate.NewCalendar(),
	}}
	l.digest()
	l.checkFiles()
	l.loadPack()
	l.loadBasis()
	l.loadParams()
	l.loadArticles()
	l.each("parameter_sets", l.loadSet)
	l.loadFunds()
	l.loadOffices()
	l.loadFacts()
	l.loadGroups()
	l.loadConflicts()
	l.loadFigures()
	l.loadReference()
	l.loadOverview()
	l.loadSeries()
	l.each("calendar", l.loadCalendar)
	l.each("taxonomies", l.loadTaxonomy)
	l.checkMaps()
	l.loadKinds()
	l.each("blocks", l.loadBlock)
	l.each("mechanisms", l.loadMechanism)
	slices.SortStableFunc(l.pack.Mechanisms, func(a, b *Mechanism) int { return strings.Compare(a.Name, b.Name) })
	for _, m := range l.mechs {
		m.compile()
		m.check()
		m.checkLinks()
		m.checkFilled()
		l.checkNames(m.m)
	}
	l.checkScenarios()
	l.checkTemplates()
	l.checkFigures()
	l.checkNodes()
	l.diags.Sort()
	return l.pack, firstThingsFirst(l.diags)
}

// shapes are findings of a file that could not be read as what it is: whatever else is found may only follow from it.
var shapes = []string{"yaml", "unreadable", "too_large", "empty_file", "unknown_file", "not_mapping", "missing_file"}

// firstThingsFirst leaves only what keeps files from being read, where there is such a thing: a file that is not YAML would else be
// drowned by all the names that it should have brought.
func firstThingsFirst(list diag.List) diag.List {
	var first diag.List
	for _, f := range list {
		if slices.Contains(shapes, f.Code) {
			first.Add(f)
		}
	}
	if len(first) > 0 {
		return first
	}
	return list
}

// digest is SHA-256 over the names and contents of all files, in the order of their names.
func (l *loader) digest() {
	sum := sha256.New()
	err := fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := l.fsys.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		content, err := io.ReadAll(io.LimitReader(f, maxFile+1))
		fmt.Fprintf(sum, "%s\n%d\n", name, len(content))
		sum.Write(content)
		l.files = append(l.files, name)
		if err == nil && path.Ext(name) == ".yaml" && len(content) <= maxFile {
			l.begun[name] = parse(content)
		}
		return err
	})
	if err != nil {
		l.finding(Pos{".", 1, 1}, "unreadable", lang.T("读不到政策包："+err.Error(), "cannot read the pack: "+err.Error()), lang.Text{})
	}
	l.pack.Digest = hex.EncodeToString(sum.Sum(nil))
}

// parsing is a file that was read, and the way to what comes of parsing it.
type parsing struct {
	source []byte
	doc    func() (yaml.Node, error)
}

// parse begins to parse a file, beside what else goes on: half the time of loading a pack is YAML's.
func parse(source []byte) parsing {
	var doc yaml.Node
	done := make(chan error, 1)
	go func() {
		defer func() { // a panic of the parser is a finding of this file, not the end of a server
			if r := recover(); r != nil {
				done <- fmt.Errorf("%v", r)
			}
		}()
		done <- parseYAML(source, &doc)
	}()
	return parsing{source, sync.OnceValues(func() (yaml.Node, error) {
		err := <-done
		return doc, err
	})}
}

// read takes one file; ok is false where it is missing or is not YAML.
func (l *loader) read(name string, must bool) (n node, source []byte, ok bool) {
	at := Pos{name, 1, 1}
	f, begun := l.begun[name]
	if !begun { // missing, too large, or digest did not come so far
		source, err := fs.ReadFile(l.fsys, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if must {
				l.finding(at, "missing_file", lang.T("缺少文件 "+name, "the file "+name+" is missing"), lang.Text{})
			}
			return node{file: name}, nil, false
		case err != nil:
			l.finding(at, "unreadable", lang.T("读不到文件："+err.Error(), "cannot read the file: "+err.Error()), lang.Text{})
			return node{file: name}, nil, false
		case len(source) > maxFile:
			l.finding(at, "too_large", lang.T("文件超过 4 MB", "the file is larger than 4 MB"), lang.Text{})
			return node{file: name}, nil, false
		}
		f = parse(source)
	}
	source = f.source
	doc, err := f.doc()
	if err != nil {
		at, message, hint := fault(name, source, err)
		l.finding(at, "yaml", message, hint)
		return node{file: name}, source, false
	}
	if len(doc.Content) == 0 {
		if path.Dir(name) != "." || must {
			l.finding(at, "empty_file", lang.T("文件里没有内容", "there is nothing in the file"), lang.T("写上内容，或者删去这个文件", "write something, or drop the file"))
			return node{file: name}, source, false
		}
		return node{Node: &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: 1, Column: 1}, file: name}, source, true
	}
	return l.resolve(node{Node: doc.Content[0], file: name}), source, true
}

// each reads every YAML file of a folder, in the order of their names; a missing folder is an empty one.
func (l *loader) each(dir string, load func(n node, source []byte)) {
	files, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return
	}
	for _, f := range files {
		if f.IsDir() || path.Ext(f.Name()) != ".yaml" {
			continue
		}
		if n, source, ok := l.read(path.Join(dir, f.Name()), true); ok {
			load(n, source)
		}
	}
}

// gather reads what one name of the pack holds: the entries of NAME.yaml and of every file in the folder NAME, in the order of the files'
// names. A mechanism can so keep its parameters in parameters/<mechanism>.yaml. An entry may stand in one place only.
func (l *loader) gather(name string, must bool) []entry {
	var list []entry
	first := map[string]Pos{}
	take := func(n node, _ []byte) {
		for _, e := range l.entries(n).list {
			if at, twice := first[e.name]; twice {
				where := at.File + ":" + strconv.Itoa(at.Line)
				l.problem(e.key, "repeated_key", lang.T("“"+e.name+"”在 "+where+" 已经写过", "“"+e.name+"” is written in "+where+" already"),
					lang.T("删去其中一个，或者改一个名称", "drop one of them, or give it another name"))
				continue
			}
			first[e.name] = e.key.pos()
			list = append(list, e)
		}
	}
	_, err := fs.Stat(l.fsys, name)
	folder := err == nil
	if n, source, ok := l.read(name+".yaml", must && !folder); ok {
		take(n, source)
	}
	l.each(name, take)
	return list
}

func (l *loader) loadPack() {
	n, _, ok := l.read("pack.yaml", true)
	if !ok {
		return
	}
	t := l.table(n, "id", "version", "title", "region", "base", "note")
	l.checkBase(t)
	l.pack.ID, l.pack.Version, l.pack.Region = t.need("id"), t.need("version"), t.need("region")
	if !t.has("title") {
		t.need("title")
	}
	l.pack.Title = t.both("title")
	if l.pack.Region != "" && !regionName.MatchString(l.pack.Region) {
		l.finding(t.pos("region"), "bad_value", lang.T("“"+l.pack.Region+"”不是行政区划代码", "“"+l.pack.Region+"” is no code of a region"), lang.T("写 GB/T 2260 的六位代码，例如 \"360100\"", "write the six figures of GB/T 2260, such as \"360100\""))
	}
}

// checkBase looks whether what the pack stands on is there. Whoever opened the folder laid it below (packs.Open): a pack is all its files.
func (l *loader) checkBase(t table) {
	switch base := t.text("base"); base {
	case "":
	case "national":
		if _, err := fs.Stat(l.fsys, "basis/national.yaml"); err != nil {
			l.finding(t.pos("base"), "missing_base", lang.T("没有找到全国通用的部分", "what is national is not here"),
				lang.T("用 kechuang 打开这个目录，它会带上；或者删去 base 这一行，把需要的文件抄进来", "let kechuang open the folder, which brings it; or drop the line base and copy in the files that you need"))
		}
	default:
		l.finding(t.pos("base"), "unknown_base", lang.T("没有叫“"+base+"”的通用部分", "there is nothing named “"+base+"” to stand on"),
			lang.T("写 base: national，或者删去这一行", "write base: national, or drop the line"))
	}
}

func (l *loader) loadBasis() {
	for _, e := range l.gather("basis", true) {
		t := l.table(e.value, "issuer", "number", "title", "level", "from", "to", "status", "note", "source", "url")
		b := &Basis{Key: e.name, Issuer: t.need("issuer"), Number: t.text("number"), Title: t.need("title"), Level: t.need("level"),
			From: t.date("from"), To: t.date("to"), Status: t.text("status"), Pos: e.key.pos()}
		if b.From != "" && b.To != "" && b.To < b.From {
			l.problem(e.key, "dates", lang.T("失效早于生效", "it ends before it begins"), lang.Text{})
		}
		l.pack.Basis[e.name] = b
	}
}

func (t table) date(name string) caldate.Date {
	s := t.text(name)
	if s == "" {
		return ""
	}
	d, err := caldate.Parse(s)
	if err != nil {
		t.l.finding(t.pos(name), "not_date", lang.T(err.Error(), "“"+s+"” is not a date"), lang.Text{})
	}
	return d
}

func (l *loader) loadParams() {
	for _, e := range l.gather("parameters", true) {
		l.pack.Params[e.name] = l.param(e)
	}
}

// trusts are how sure a number's source is.
var (
	trusts    = []string{"L", "V", "D", "K", "A"}
	trustHint = lang.T("写 L（读过法律原文）、V（见到页面）、D（推算）、K（通行做法）或 A（自定）", "write L (read in the law), V (seen on a page), D (derived), K (common practice) or A (our own)")
)

// param reads one number with its source.
func (l *loader) param(e entry) *Param {
	t := l.table(e.value, "title", "type", "value", "adviser", "basis", "clause", "trust", "note")
	if !t.has("title") {
		t.need("title")
	}
	p := &Param{Name: e.name, Title: t.both("title"), Type: Type(t.need("type")), Basis: t.need("basis"), Clause: t.text("clause"),
		Adviser: t.text("adviser"), Pos: e.key.pos()}
	if note, ok := t.get("note"); ok {
		p.Note = l.note(note)
	}
	if p.Trust = t.need("trust"); p.Trust != "" && !slices.Contains(trusts, p.Trust) {
		l.finding(t.pos("trust"), "bad_value", lang.T("“"+p.Trust+"”不是可信程度", "“"+p.Trust+"” does not say how sure the source is"), trustHint)
	}
	if raw := t.need("value"); raw != "" {
		v, err := parseValue(p.Type, raw)
		if _, bare := v.(money.Fen); bare && strings.Trim(digits(raw), "0123456789.-") == "" {
			err = bad("金额“"+raw+"”没有单位", "the amount “"+raw+"” has no unit", "写明元、万元或亿元，例如 20万元", "say 元, 万元 or 亿元, such as 20万元")
		}
		if err != nil {
			l.finding(t.pos("value"), "bad_value", err.zh, err.hint)
		}
		p.Value = v
	}
	if p.Basis != "" && l.pack.Basis[p.Basis] == nil {
		l.unknown(t.pos("basis"), "unknown_basis", "依据文件", "document", p.Basis, keys(l.pack.Basis))
	}
	return p
}

// note is a text in one or both languages.
func (l *loader) note(n node) lang.Text {
	if n.Kind == yaml.ScalarNode {
		return lang.Text{ZH: l.scalar(n)}
	}
	return l.both(n)
}

func (l *loader) loadFunds() {
	for _, e := range l.gather("funds", false) {
		t := l.table(e.value, "title", "public", "notice", "note")
		f := &Fund{Name: e.name, Title: t.both("title"), Public: t.flagOr("public", true), Pos: e.key.pos()}
		f.Notice = t.flagOr("notice", f.Public)
		l.pack.Funds[e.name] = f
	}
}

func (l *loader) loadOffices() {
	for _, e := range l.gather("offices", false) {
		t := l.table(e.value, "title", "district", "note")
		l.pack.Offices[e.name] = &Office{Name: e.name, Title: t.both("title"), District: t.flag("district"), Pos: e.key.pos()}
	}
}

func (l *loader) loadGroups() {
	for _, e := range l.gather("groups", false) {
		l.pack.Groups = append(l.pack.Groups, Group{Name: e.name, Title: l.both(e.value)})
	}
}

// severities are what may follow from a conflict of interest.
var severities = []string{"forbidden", "approval", "warn"}

func (l *loader) loadConflicts() {
	for _, e := range l.gather("conflicts", false) {
		t := l.table(e.value, "title", "severity", "years", "count", "basis", "clause", "trust", "note")
		c := &ConflictRule{Kind: e.name, Title: t.both("title"), Severity: t.need("severity"), Basis: t.need("basis"), Clause: t.text("clause"), Trust: t.text("trust"), Pos: e.key.pos()}
		if !slices.Contains(severities, c.Severity) {
			l.unknown(t.pos("severity"), "unknown_severity", "轻重", "severity", c.Severity, severities)
		}
		for word, to := range map[string]*int{"years": &c.Years, "count": &c.Count} {
			raw := t.text(word)
			if n, err := strconv.Atoi(raw); raw != "" && (err != nil || n < 0 || n > 100) {
				l.finding(t.pos(word), "bad_value", lang.T("“"+raw+"”应是 0 至 100 的整数", "“"+raw+"” is not a whole number from 0 to 100"), lang.Text{})
			} else {
				*to = n
			}
		}
		if note, ok := t.get("note"); ok {
			c.Note = l.note(note)
		}
		if c.Basis != "" && l.pack.Basis[c.Basis] == nil {
			l.unknown(t.pos("basis"), "unknown_basis", "依据文件", "document", c.Basis, keys(l.pack.Basis))
		}
		l.pack.Conflicts = append(l.pack.Conflicts, c)
	}
}

func (l *loader) loadFacts() {
	for _, e := range l.gather("facts", false) {
		t := l.table(e.value, "title", "unit", "note")
		l.pack.Facts[e.name] = &FactKind{Name: e.name, Title: t.both("title"), Unit: t.text("unit"), Pos: e.key.pos()}
	}
}

func (l *loader) loadCalendar(n node, _ []byte) {
	year, err := strconv.Atoi(strings.TrimSuffix(path.Base(n.file), ".yaml"))
	if err != nil || year < 1900 || year > 2200 {
		l.problem(n, "calendar_name", lang.T("工作日历的文件名应是年份，例如 2025.yaml", "a calendar's file is named by its year, 2025.yaml"), lang.Text{})
		return
	}
	t := l.table(n, "basis", "year", "holidays", "make_up")
	basis := ""
	if b, ok := t.get("basis"); ok {
		if b.Kind == yaml.ScalarNode {
			basis = l.scalar(b)
		} else {
			basis = l.table(b, "issuer", "number", "title", "level", "from", "to", "status", "date").need("number")
		}
	} else {
		t.need("basis")
	}
	day := func(n node, s string) caldate.Date {
		d, err := caldate.Parse(s)
		if err != nil {
			l.problem(n, "not_date", lang.T(err.Error(), "“"+s+"” is not a date"), lang.Text{})
		}
		return d
	}
	holidays := map[caldate.Date]string{}
	if h, ok := t.get("holidays"); ok {
		for _, e := range l.entries(h).list {
			if d := day(e.key, e.name); d != "" {
				holidays[d] = l.scalar(e.value)
			}
		}
	}
	var makeUps []caldate.Date
	if m, ok := t.get("make_up"); ok {
		for _, c := range l.items(m) {
			if d := day(c, l.scalar(c)); d != "" {
				makeUps = append(makeUps, d)
			}
		}
	}
	l.pack.Calendar.AddYear(year, basis, holidays, makeUps)
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
