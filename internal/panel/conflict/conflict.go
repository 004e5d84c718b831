// Package conflict finds, before anybody is invited, why an expert should not judge an application: with evidence, with how sure it
// is, and so that each finding can be disputed.
//
//	f := conflict.New(world, rules, today)   // once: names resolved, indexes made
//	found := f.Check(application)            // by expert: findings, the gravest first
//
// Identifiers come first. Where there are none, units are found by name, alias, former name where it is an alias, and short form (中科院沈阳自动化所,
// 沈理工), with a department before or behind, and at last by a name that differs in one character; a hospital or firm that bears a
// university's name is no department of it. People are found by name together with a unit, a department, the time, or with people they both
// worked with; in letters by the sound of the name. A name alone, a name in letters of one syllable, a slip of the pen, two who may
// be meant: that is never a finding, but a reason to look. It is told as possible, and counts as a warning whatever its rule says.
//
// A CV in prose is read for posts, teachers, kin, shares and advice (biography.go).
//
// Which kinds there are, how far back they look and how grave they are comes from the policy pack (Rules); nothing of that is here.
// It is pure: what is known of people and units is the World, and the answer names its sources.
package conflict

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

// Kind is why.
type Kind string

// The kinds. Each is looked for only when the rules have it.
const (
	Self         Kind = "self"         // the expert takes part in the application
	SameUnit     Kind = "same_unit"    // one legal person (同一法人单位)
	SameGroup    Kind = "same_group"   // one group (同一集团)
	SameSchool   Kind = "same_school"  // one department of a unit (同一二级单位)
	FormerUnit   Kind = "former_unit"  // worked there within the window
	Kinship      Kind = "kinship"      // 近亲属
	Supervisor   Kind = "supervisor"   // 师生
	CoAuthor     Kind = "co_author"    // 合作论文
	CoProject    Kind = "co_project"   // 合作项目
	CoPatent     Kind = "co_patent"    // 合作专利
	Shareholding Kind = "shareholding" // 持股或任职
	Advice       Kind = "advice"       // 有偿咨询
	Dispute      Kind = "dispute"      // 纠纷
	Other        Kind = "other"        // 申报的其他关系
	Competitor   Kind = "competitor"   // 同一批次的竞争者
	Overused     Kind = "overused"     // 使用过于频繁
	Veto         Kind = "veto"         // 申请人申请回避
	Stale        Kind = "stale"        // 利害关系申报未按年更新
)

// Severity is what follows.
type Severity string

// The severities, gravest first.
const (
	Forbidden Severity = "forbidden" // may not be invited
	Approval  Severity = "approval"  // only with a decision that gives reasons
	Warn      Severity = "warn"      // to be looked at
)

func (s Severity) rank() int {
	return slices.Index([]Severity{Forbidden, Approval, Warn}, s)
}

// Rule is one kind as a pack has it: how grave, how many years back, how many times, and from which document.
type Rule struct {
	Kind     Kind     `json:"kind"`
	Severity Severity `json:"severity"`
	Years    int      `json:"years,omitempty"` // the window; 0: as long as it lasts
	Count    int      `json:"count,omitempty"` // of Overused: more than so many; of Veto: at most so many count
	Basis    string   `json:"basis,omitempty"`
	Clause   string   `json:"clause,omitempty"`
}

// Rules are those of a pack, one a kind.
type Rules []Rule

// Org is a unit.
type Org struct {
	ID       string
	Name     string
	Aliases  []string
	USCC     string // 统一社会信用代码: a legal person of its own
	Parent   string // ID of the unit that it is a part of
	Group    string // of companies under one control
	LegalRep string // 法定代表人: the ID or the name of a person
	Umbrella bool   // an authority or academy over independent units: those under it are not tied by it
}

// Post is where somebody works or worked. Org is an ID or a name as it was written. An empty From or To is open.
type Post struct {
	Org      string
	From, To caldate.Date

	month bool // the days are those of the months that were told
}

// Person is somebody who is known: an expert, or one who may be named in an application.
type Person struct {
	ID, Name  string
	ORCID     string
	Email     string
	Born      int // the year of birth; 0: not known
	Posts     []Post
	Biography string // a CV in prose: posts, teachers, kin, shares and advice that it tells of
	Expert    bool
	Disclosed caldate.Date // when an expert last declared or confirmed interests; empty: never
}

// Mention is somebody named in a work or an application: by ID where it is known, else by what was written.
type Mention struct {
	Person string
	Name   string
	Org    string
	ORCID  string
	Email  string
	Born   int
}

// Work is a paper, project or patent with those who made it.
type Work struct {
	ID, Title string
	Kind      Kind // CoAuthor, CoProject or CoPatent
	Date      caldate.Date
	By        []Mention
}

// Tie is a relation that was declared or is on public record, between people or between a person and a unit.
type Tie struct {
	Kind     Kind
	A, B     string // IDs
	From, To caldate.Date
	Source   string // who said so, or which record

	sure Sure // where it was read from prose; empty: certain
}

func (t Tie) certainty() Sure {
	if t.sure == "" {
		return Certain
	}
	return t.sure
}

// Use is one time that an expert served.
type Use struct {
	Expert string
	On     caldate.Date
}

// World is what is known. Partial says that it holds not all units that there are: a short form that only one of them could have may be another's, and is
// no more than possible.
type World struct {
	Partial bool
	Orgs    []Org
	People  []Person
	Works   []Work
	Ties    []Tie
	Uses    []Use
}

// Application is what is to be judged: the units and people that take part, and what it competes for.
type Application struct {
	ID     string
	Call   string // applications of one call compete
	Orgs   []string
	People []Mention
	Veto   []string // experts whom the applicant asks to leave out
}

// Sure is how certain the identity behind a finding is.
type Sure string

// The degrees. Possible is a reason to look, not to exclude.
const (
	Certain  Sure = "certain"  // by identifiers or declarations
	Likely   Sure = "likely"   // by name with a unit, or with shared colleagues
	Possible Sure = "possible" // by name alone, or with a slip of the pen
)

// Finding is one reason against one expert for one application. ID stays the same as long as its evidence does.
type Finding struct {
	ID          string    `json:"id"`
	Expert      string    `json:"expert"`
	Application string    `json:"application"`
	Kind        Kind      `json:"kind"`
	Severity    Severity  `json:"severity"`
	Sure        Sure      `json:"sure"`
	Text        lang.Text `json:"text"`
	Evidence    []string  `json:"evidence,omitempty"` // sources: works, declarations, records
	Rule        Rule      `json:"rule"`
	Ruling      *Ruling   `json:"ruling,omitempty"`
}

// Ruling is what was decided when a finding was disputed. A finding that does not stand is kept, and counts no more.
type Ruling struct {
	Finding string `json:"finding"`
	Stands  bool   `json:"stands"`
	By      string `json:"by"`
	Why     string `json:"why"`
}

// Counts tells whether the finding still weighs.
func (f Finding) Counts() bool { return f.Ruling == nil || f.Ruling.Stands }

// WithRulings lays rulings over findings.
func WithRulings(findings []Finding, rulings []Ruling) []Finding {
	by := map[string]*Ruling{}
	for i := range rulings {
		by[rulings[i].Finding] = &rulings[i]
	}
	out := slices.Clone(findings)
	for i := range out {
		out[i].Ruling = by[out[i].ID]
	}
	return out
}

// Worst is the gravest severity that still counts; empty when none does.
func Worst(findings []Finding) Severity {
	worst := Severity("")
	for _, f := range findings {
		if f.Counts() && (worst == "" || f.Severity.rank() < worst.rank()) {
			worst = f.Severity
		}
	}
	return worst
}

// name gives a finding its ID.
func (f *Finding) name() {
	h := sha256.New()
	for _, s := range append([]string{f.Expert, f.Application, string(f.Kind)}, f.Evidence...) {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	f.ID = hex.EncodeToString(h.Sum(nil)[:12])
}

// Kinds lists every kind that is looked for.
var Kinds = []Kind{Self, SameUnit, SameGroup, SameSchool, FormerUnit, Kinship, Supervisor, CoAuthor, CoProject, CoPatent, Shareholding, Advice, Dispute, Other, Competitor, Overused, Veto, Stale}
