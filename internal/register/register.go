package register

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations are this package's tables.
var Migrations = store.Migrations{Name: "register", FS: files}

// maxDepth is how deep a hierarchy of parties may be; a ministry's university's school's laboratory has four.
const maxDepth = 16

// Register is all of this package over one database.
type Register struct {
	db       *store.DB
	regions  []Region
	busy     []func(tx *store.Tx, party string) (*refusal.Refusal, error)
	find     func(ctx context.Context, a identity.Actor, what, kind, query string) (ids []string, err error)
	holds    []func(tx *store.Tx, id string) (*refusal.Refusal, error)
	derived  atomic.Bool // of every record, what is kept beside it
	index    *index
	things   *index // of records
	kinds    []*RecordKind
	mu       sync.RWMutex // guards kinds and sheets, which change with the edition of the pack
	sheets   sheets
	marking  chan struct{}
	onRecord func(tx *store.Tx, c RecordChange) error
	onImport func(tx *store.Tx, imp Import, by identity.Actor, digest string) error
	nodes    nodes
	actorOf  func(ctx context.Context, account string) (identity.Actor, error)
}

// New makes the register. With no regions any code of six digits is taken.
func New(db *store.DB, regions []Region) *Register {
	r := &Register{db: db, regions: slices.Clone(regions), index: newIndex(marksAfter, marksSince, namesByID),
		things: newIndex(recordMarksAfter, recordMarksSince, recordNames), marking: make(chan struct{}, 1)}
	r.RegisterSheet(r.partySheet())
	return r
}

// BusyIn adds somebody who is asked before a party is deleted: the refusal says what it is busy in. At start-up only.
func (r *Register) BusyIn(ask func(tx *store.Tx, party string) (*refusal.Refusal, error)) {
	r.busy = append(r.busy, ask)
}

// OnRecord says who is told of every record that was made, changed or ended, in the same transaction. At start-up only.
func (r *Register) OnRecord(tell func(tx *store.Tx, c RecordChange) error) { r.onRecord = tell }

// RecordChange is one change of a record: as it was (Revision 0: it was not there), as it is, and who said so.
type RecordChange struct {
	Kind     *RecordKind
	Was, Now Record
	Source   Source
	Double   bool // it turned out to be another record, and is retired as that one's double
}

// told tells of a change.
func (r *Register) told(tx *store.Tx, c RecordChange) error {
	if r.onRecord == nil {
		return nil
	}
	return r.onRecord(tx, c)
}

// Regions lists what New was given.
func (r *Register) Regions() []Region { return slices.Clone(r.regions) }

// RegionName is the name of a region's code, or the code.
func (r *Register) RegionName(code string) string {
	for _, g := range r.regions {
		if g.Code == code {
			return g.Name
		}
	}
	return code
}

func (r *Register) knows(region string) bool {
	if len(r.regions) == 0 {
		return len(region) == 6 && strings.Trim(region, "0123456789") == ""
	}
	return slices.ContainsFunc(r.regions, func(g Region) bool { return g.Code == region })
}

// Get gives a party, deleted or not; what of it somebody may see is said by Party.SeenBy.
func (r *Register) Get(tx *store.Tx, id string) (Party, error) {
	p, found, err := partyByID(tx, id)
	if err == nil && !found {
		return p, errNone()
	}
	return p, err
}

// Named gives the name and kind of a party that is there; it makes a Register an identity.Directory.
func (r *Register) Named(tx *store.Tx, id string) (name, kind string, ok bool, err error) {
	p, found, err := partyByID(tx, id)
	return p.Name, string(p.Kind), found && !p.Deleted, err
}

// Put enters a party (ID empty, or one of the caller's own that is not taken) or changes it (Revision as it was read). It gives
// the party as it is now. Nothing is written where nothing changed.
func (r *Register) Put(tx *store.Tx, a identity.Actor, p Party) (Party, error) {
	p = normal(p)
	old, found := Party{}, false
	var err error
	if p.ID != "" {
		if old, found, err = partyByID(tx, p.ID); err != nil {
			return Party{}, err
		}
	}
	if found && old.ID != p.ID {
		return Party{}, refusal.New(refusal.Conflict, "register.merged", lang.T("该主体已并入“"+old.Name+"”", "It was merged into “"+old.Name+"”"))
	}
	if err := r.mayPut(a, p, old, found); err != nil {
		return Party{}, err
	}
	if found && (old.Deleted || p.Revision != old.Revision) {
		return Party{}, r.overtaken(tx, p, old)
	}
	p.Deleted = false
	l := r.check(p)
	more, err := r.refer(tx, p)
	if err != nil {
		return Party{}, err
	}
	if err := append(l, more...).Err(); err != nil {
		return Party{}, err
	}
	if found && len(differ(old, p)) == 0 {
		return old, nil
	}
	act := "change"
	if !found {
		act = "create"
		if p.ID == "" {
			p.ID = ident.New("party", tx.Now())
		}
		p.Revision = 0
	}
	return p, r.write(tx, a, &p, act)
}

// write makes the next revision.
func (r *Register) write(tx *store.Tx, a identity.Actor, p *Party, act string) error {
	p.Revision++
	if err := putParty(tx, *p); err != nil {
		return err
	}
	return insertHistory(tx, *p, a, act)
}

// own are the fields that a party changes itself. The others decide who it is and to whom it is tied, so that whoever keeps the
// register looks at a paper first.
var own = []string{"address", "contact", "phone", "email", "revenue", "rdShare", "expertise"}

// mayPut tells who may write what: whoever keeps the register everything, a party its own address, contact, figures and expertise.
func (r *Register) mayPut(a identity.Actor, p, old Party, found bool) error {
	if a.Anonymous() {
		return refusal.New(refusal.SignIn, "identity.sign_in", lang.T("请先登录", "Please sign in"))
	}
	if !a.May(identity.ScopeAct) {
		return refusal.New(refusal.Forbidden, "register.scope", lang.T("此令牌只能查看", "This token may only read"))
	}
	if a.Has(identity.RoleRegister) {
		if p.ID != "" && !found && (!strings.HasPrefix(p.ID, "party_") || len(p.ID) > 64 || plain(p.ID[6:]) != p.ID[6:] || p.ID == "party_") {
			return refusal.New(refusal.Invalid, "register.id", lang.T("编号须以 party_ 开头，后为小写字母和数字", "An id begins with party_, then small letters and digits")).At("id")
		}
		return nil
	}
	if !found {
		return refusal.New(refusal.Forbidden, "register.forbidden", lang.T("只有登记库管理人员可以新增主体", "Only those who keep the register enter parties"))
	}
	if !a.ActsFor(p.ID) {
		return refusal.New(refusal.Forbidden, "register.forbidden", lang.T("只能修改本单位的信息", "One may change one's own party only"))
	}
	var l refusal.List
	for _, d := range differ(old, p) {
		if !slices.Contains(own, d.Field) {
			l.Add(refusal.New(refusal.Forbidden, "register.field", lang.T(d.Title.ZH+"须由登记库管理人员修改", d.Title.EN+" is changed by those who keep the register")).At(d.Field)).
				Mend(lang.T("请向科技局提交变更证明", "Hand the bureau a proof of the change"))
		}
	}
	return l.Err()
}

// overtaken tells a loser who was faster, when, and with what.
func (r *Register) overtaken(tx *store.Tx, p, now Party) error {
	if p.Revision > now.Revision {
		return refusal.New(refusal.Conflict, "register.revision", lang.T("此主体没有这个版本", "The party has no such revision")).
			Mend(lang.T("请刷新页面后重新修改", "Reload and change it anew"))
	}
	changes, err := r.History(tx, p.ID)
	if err != nil {
		return err
	}
	last := changes[0]
	var zh, en []string
	for _, c := range changes {
		if c.Revision > p.Revision {
			for _, f := range c.Fields {
				if !slices.Contains(zh, f.Title.ZH) {
					zh, en = append(zh, f.Title.ZH), append(en, f.Title.EN)
				}
			}
		}
	}
	when := last.At.In(caldate.Shanghai).Format("2006-01-02 15:04")
	verb := lang.T("修改", "changed")
	if now.Deleted {
		verb = lang.T("删除", "deleted")
	}
	return refusal.New(refusal.Conflict, "register.overtaken", lang.T(
		fmt.Sprintf("此主体已于 %s 被%s%s（%s），您的修改没有保存", when, last.Who, verb.ZH, strings.Join(zh, "、")),
		fmt.Sprintf("%s %s this party at %s (%s); your change was not saved", last.Who, verb.EN, when, strings.Join(en, ", ")))).
		Mend(lang.T("请刷新页面，核对后重新修改", "Reload, compare, and change it anew"))
}

// refer looks at a party among the others: parent and employer are there and fit, the hierarchy has no ring, and the code is
// nobody else's but of units above or below it.
func (r *Register) refer(tx *store.Tx, p Party) (refusal.List, error) {
	var l refusal.List
	above := map[string]bool{}
	if p.Parent != "" && p.Kind != Person {
		chain, ring, err := ancestors(tx, p)
		if err != nil {
			return nil, err
		}
		switch {
		case ring:
			l.Add(refusal.New(refusal.Invalid, "register.ring", lang.T("上级单位关系成环或层级过深", "The hierarchy goes in a ring, or too deep")).At("parent"))
		case len(chain) == 0 || chain[0].Deleted || chain[0].Kind == Person:
			l.Add(refusal.New(refusal.Invalid, "register.parent", lang.T("登记库中没有这个上级单位", "The register has no such organisation")).At("parent"))
		}
		for _, c := range chain {
			above[c.ID] = true
		}
	}
	if p.Employer != "" && p.Kind == Person {
		e, found, err := partyByID(tx, p.Employer)
		if err != nil {
			return nil, err
		}
		if !found || e.Deleted || e.Kind == Person {
			l.Add(refusal.New(refusal.Invalid, "register.employer", lang.T("登记库中没有这个工作单位", "The register has no such employer")).At("employer"))
		}
	}
	if p.USCC != "" {
		twins, err := partiesByUSCC(tx, p.USCC)
		if err != nil {
			return nil, err
		}
		for _, t := range twins {
			if t.ID != p.ID && !above[t.ID] && !below(tx, t, p.ID) {
				l.Add(refusal.New(refusal.Conflict, "register.uscc_taken", lang.T(
					fmt.Sprintf("统一社会信用代码 %s 已登记为“%s”", p.USCC, t.Name), fmt.Sprintf("The code %s is registered as %s", p.USCC, t.Name))).At("uscc")).
					Mend(lang.T("请修改已有主体；确为其内设机构的，请填写上级单位", "Change the one that exists; for a unit inside it, enter it as the parent"))
				break
			}
		}
	}
	return l, nil
}

// below tells whether t is inside id.
func below(tx *store.Tx, t Party, id string) bool {
	chain, _, err := ancestors(tx, t)
	return err == nil && id != "" && slices.ContainsFunc(chain, func(c Party) bool { return c.ID == id })
}

// ancestors climbs from a party's parent to the top; ring tells that it never gets there.
func ancestors(tx *store.Tx, p Party) (chain []Party, ring bool, err error) {
	for id := p.Parent; id != ""; {
		if len(chain) == maxDepth || (id == p.ID && p.ID != "") {
			return chain, true, nil
		}
		up, found, err := partyByID(tx, id)
		if err != nil || !found {
			return chain, false, err
		}
		chain = append(chain, up)
		id = up.Parent
	}
	return chain, false, nil
}

// Delete hides a party. It is refused while units or people belong to it, or while it is busy (BusyIn).
func (r *Register) Delete(tx *store.Tx, a identity.Actor, id string, revision int64) error {
	if err := r.keeper(a); err != nil {
		return err
	}
	p, err := r.Get(tx, id)
	if err != nil {
		return err
	}
	if p.Deleted || p.Revision != revision {
		return r.overtaken(tx, Party{ID: id, Revision: revision}, p)
	}
	below, err := belongings(tx, id)
	if err != nil {
		return err
	}
	if len(below) > 0 {
		return refusal.New(refusal.Conflict, "register.belongings", lang.T(fmt.Sprintf("“%s”等仍属于此单位，不能删除", below[0].Name),
			fmt.Sprintf("%s and others still belong to it", below[0].Name))).Mend(lang.T("请先更改其上级单位或工作单位", "Change their parent or employer first"))
	}
	for _, ask := range r.busy {
		if no, err := ask(tx, id); err != nil || no != nil {
			if err != nil {
				return err
			}
			return no
		}
	}
	p.Deleted = true
	return r.write(tx, a, &p, "delete")
}

// Restore brings a deleted party back, if what it names is still there and its code was not given to another meanwhile.
func (r *Register) Restore(tx *store.Tx, a identity.Actor, id string, revision int64) (Party, error) {
	if err := r.keeper(a); err != nil {
		return Party{}, err
	}
	p, err := r.Get(tx, id)
	if err != nil {
		return Party{}, err
	}
	if !p.Deleted {
		return Party{}, refusal.New(refusal.Conflict, "register.not_deleted", lang.T("此主体没有删除", "The party is not deleted"))
	}
	if p.Revision != revision {
		return Party{}, r.overtaken(tx, Party{ID: id, Revision: revision}, p)
	}
	p.Deleted = false
	l, err := r.refer(tx, p)
	if err != nil {
		return Party{}, err
	}
	if err := l.Err(); err != nil {
		return Party{}, err
	}
	return p, r.write(tx, a, &p, "restore")
}

func (r *Register) keeper(a identity.Actor) error {
	if a.Has(identity.RoleRegister) && a.May(identity.ScopeAct) {
		return nil
	}
	if a.Anonymous() {
		return refusal.New(refusal.SignIn, "identity.sign_in", lang.T("请先登录", "Please sign in"))
	}
	return refusal.New(refusal.Forbidden, "register.forbidden", lang.T("此操作须由登记库管理人员办理", "This is done by those who keep the register"))
}

// History gives the revisions of a party, newest first.
func (r *Register) History(tx *store.Tx, id string) ([]Change, error) {
	rows, err := historyOf(tx, id)
	if err != nil {
		return nil, err
	}
	before := Party{}
	changes := make([]Change, len(rows))
	for i, row := range rows {
		row.Change.Fields = differ(before, row.body)
		before = row.body
		changes[len(rows)-1-i] = row.Change
	}
	return changes, nil
}

// ExpertChange is a change of who may be drawn into panels: somebody who became an expert or ceased to be one, or has another field or employer.
type ExpertChange struct {
	Party string `json:"party"`
	Name  string `json:"name"`
	Change
}

// ExpertChanges gives those after one time and until another, oldest first, for whoever checks that a pool was not made for a draw.
func (r *Register) ExpertChanges(tx *store.Tx, after, until time.Time) (list []ExpertChange, err error) {
	ids, err := peopleChanged(tx, after)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		rows, err := historyOf(tx, id)
		if err != nil {
			return nil, err
		}
		was := Party{}
		for _, row := range rows {
			c := ExpertChange{id, row.body.Name, row.Change}
			c.Fields = slices.DeleteFunc(differ(was, row.body), func(f FieldChange) bool {
				return !slices.Contains([]string{"expert", "expertise", "employer", "region", "deleted"}, f.Field)
			})
			if (was.Expert || row.body.Expert) && len(c.Fields) > 0 && row.At.After(after) && !row.At.After(until) {
				list = append(list, c)
			}
			was = row.body
		}
	}
	slices.SortStableFunc(list, func(a, b ExpertChange) int { return a.At.Compare(b.At) })
	return list, nil
}

// Experts gives the people who may be drawn into panels and have the field of expertise (any, where it is empty), by id.
func (r *Register) Experts(tx *store.Tx, field string) ([]Party, error) {
	return expertsIn(tx, plain(field))
}

// Find gives the party that somebody means by an id, a unified social credit code, or a name or alias that only one has.
func (r *Register) Find(tx *store.Tx, what string) (p Party, found bool, err error) {
	what = strings.TrimSpace(what)
	if strings.HasPrefix(what, "party_") {
		p, found, err = partyByID(tx, what)
		return p, found && !p.Deleted, err
	}
	var list []Party
	if code := ident.NormalUSCC(what); ident.CheckUSCC(code) == nil {
		list, err = partiesByUSCC(tx, code)
		list = slices.DeleteFunc(list, func(p Party) bool { return p.Parent != "" && len(list) > 1 })
	} else {
		list, err = partiesByName(tx, nameKey(what))
	}
	if err != nil || len(list) != 1 {
		return Party{}, false, err
	}
	return list[0], true, nil
}

func errNone() *refusal.Refusal {
	return refusal.New(refusal.NotFound, "register.none", lang.T("登记库中没有这个主体", "The register has no such party"))
}

var _ identity.Directory = (*Register)(nil)
