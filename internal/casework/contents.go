package casework

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// Content is one file of a thread's dossier: what the actor may read of it anyway, page by page, as a file.
type Content struct {
	Folder string // of its case or record; "" for what is of the whole thread
	Name   string
	What   string // thread, case, form, paper, document, notice, money, history, draw, proof, record, rights, shares
	Of     string // the case or record
	Title  lang.Text
	Body   []byte
	Sealed bool // the case's proof holds the digest of these very bytes
}

// maxContents is how many cases and records a dossier holds.
const maxContents = 2000

// Contents gives all files of a case's thread, one after the other; done and total count cases and records. An error of visit ends it.
func (e *Engine) Contents(ctx context.Context, actor identity.Actor, id string, step func(done, total int) error, visit func(Content) error) error {
	if actor.Anonymous() {
		return errSignIn
	}
	thread, err := e.weave(ctx, actor, id, maxContents)
	if err != nil {
		return err
	}
	whole, err := indented(thread)
	if err != nil {
		return err
	}
	if err := visit(Content{Name: "thread.json", What: "thread", Of: id, Title: lang.T("来龙去脉", "The thread"), Body: whole}); err != nil {
		return err
	}
	for i, n := range thread.Nodes {
		if err := step(i, len(thread.Nodes)); err != nil {
			return err
		}
		c := collector{e: e, ctx: ctx, actor: actor, node: n, folder: fmt.Sprintf("%02d-%s", i+1, plain(n.KindTitle.ZH)), visit: visit}
		switch {
		case !n.Seen:
		case n.What == "case":
			err = c.ofCase()
		default:
			err = c.ofRecord()
		}
		if err != nil {
			return err
		}
	}
	return step(len(thread.Nodes), len(thread.Nodes))
}

// collector gives the files of one case or record.
type collector struct {
	e      *Engine
	ctx    context.Context
	actor  identity.Actor
	node   ThreadNode
	folder string
	visit  func(Content) error
}

func (c *collector) give(what, name string, title lang.Text, body []byte, sealed bool) error {
	return c.visit(Content{Folder: c.folder, Name: name, What: what, Of: c.node.ID, Title: title, Body: body, Sealed: sealed})
}

// blobRef is a file that is kept by its digest.
type blobRef struct {
	what, digest, name string
	title              lang.Text
	sealed             bool
}

func (c *collector) ofCase() error {
	var view *View
	var texts []Content
	var blobs []blobRef
	whole := false
	err := c.e.DB.Read(c.ctx, func(tx *store.Tx) error {
		texts, blobs = nil, nil
		d, s, err := c.e.sighted(tx, c.actor, c.node.ID)
		if err != nil {
			return err
		}
		w := &viewer{e: c.e, tx: tx, d: d, s: s, n: c.e.namer(tx), actor: c.actor}
		if view, err = w.view(); err == nil {
			err = w.n.err
		}
		if err != nil {
			return err
		}
		whole = s.all()
		if texts, err = sealedTexts(tx, d, s, whole); err != nil {
			return err
		}
		blobs, err = blobsOf(tx, d, s)
		return err
	})
	if err != nil {
		return err
	}
	view.Options = []OptionView{} // what can be done today, and drafts: not what was done
	if err := c.page(view); err != nil {
		return err
	}
	for _, t := range texts {
		if err := c.give(t.What, t.Name, t.Title, t.Body, t.Sealed); err != nil {
			return err
		}
	}
	for _, b := range blobs {
		if err := c.blob(b); err != nil {
			return err
		}
	}
	return c.proof(view, whole)
}

// page gives what the case's page shows, as data and as tables.
func (c *collector) page(v *View) error {
	body, err := indented(v)
	if err != nil {
		return err
	}
	if err := c.give("case", "case.json", lang.T("事项全部内容", "The case"), body, false); err != nil {
		return err
	}
	history := [][]string{{"序号", "时间", "环节", "步骤", "席位", "办理人", "从", "到", "理由", "存证摘要"}}
	for _, h := range v.History {
		history = append(history, []string{strconv.FormatInt(h.Seq, 10), minute(h.At), h.Part + numbered(h.Number), h.Title.ZH, h.Seat.ZH, h.Who, h.From.ZH, h.To.ZH, h.Reason, h.Leaf})
	}
	if len(v.History) > 0 {
		if err := c.give("history", "办理过程.csv", lang.T("办理过程", "History"), table(history), false); err != nil {
			return err
		}
	}
	if len(v.Money.Postings) > 0 {
		rows := [][]string{{"编号", "时间", "种类", "从", "到", "金额（元）", "摘要", "步骤"}}
		for _, p := range v.Money.Postings {
			rows = append(rows, []string{p.ID, minute(p.At), p.Kind, p.From, p.To, money.Fen(p.Amount).In(money.Yuan, 2), p.Memo.ZH, p.Step})
		}
		if err := c.give("money", "资金记账.csv", lang.T("资金记账", "Postings"), table(rows), false); err != nil {
			return err
		}
	}
	for i, d := range v.Draws {
		if d.File != "" {
			name := fmt.Sprintf("抽取/%02d.json", i+1)
			if err := c.give("draw", name, lang.T("专家抽取记录", "Draw of experts"), []byte(d.File), false); err != nil {
				return err
			}
		}
	}
	return nil
}

// all tells whether everything of the case is seen, as it must be for its whole bundle.
func (s *sight) all() bool {
	if !s.knowsPanels() || s.whole < complete {
		return false
	}
	for _, r := range s.d.byID {
		if lv, _ := s.record(r.Record); lv < complete {
			return false
		}
	}
	return true
}

// sealedTexts are the forms and notices that are seen uncut, in the very bytes whose digests are in the journal. Whoever sees all sees old
// versions of forms too.
func sealedTexts(tx *store.Tx, d *docket, s *sight, whole bool) (list []Content, err error) {
	all, err := forms(tx, d.row.id, whole)
	if err != nil {
		return nil, err
	}
	for i, f := range all {
		r := d.byID[f.record]
		if r == nil {
			continue
		}
		def := d.form(r.Part, f.form)
		if lv, _ := s.record(r.Record); lv < complete || s.veils(r.Record, f.seq, f.seat) || def == nil || !s.uncut(r.Record, def) {
			continue
		}
		name := fmt.Sprintf("表单/%03d-%s", i+1, plain(def.Title.ZH))
		if f.version > 1 || !f.current {
			name += fmt.Sprintf("-第%d版", f.version)
		}
		list = append(list, Content{What: "form", Name: name + ".json", Title: def.Title, Body: f.vals, Sealed: true})
	}
	shown, err := notices(tx, d.row.id)
	if err != nil || s.whole < complete {
		return list, err
	}
	for i, n := range shown {
		if r := d.byID[n.record]; r != nil {
			if lv, _ := s.record(r.Record); lv < complete {
				continue
			}
		}
		list = append(list, Content{What: "notice", Name: fmt.Sprintf("公示/%02d.json", i+1), Title: lang.T(n.title, n.title), Body: []byte(n.content), Sealed: true})
	}
	return list, nil
}

// uncut tells whether a form is seen with all its fields.
func (s *sight) uncut(r *policy.Record, form *policy.Form) bool {
	seen, keep := s.shows(r, form)
	return seen && !slices.ContainsFunc(form.Fields, func(f *policy.Field) bool { return !keep(f) })
}

// blobsOf are the pages that the case made, and the files that its forms name, as far as each is seen.
func blobsOf(tx *store.Tx, d *docket, s *sight) (list []blobRef, err error) {
	made, err := papers(tx, d.row.id)
	if err != nil {
		return nil, err
	}
	for i, p := range made {
		if s.paper(p) {
			list = append(list, blobRef{"paper", p.digest, fmt.Sprintf("文书/%03d-%s.html", i+1, plain(p.title.ZH)), p.title, true})
		}
	}
	seen := map[string]bool{}
	for _, f := range d.forms {
		r := d.byID[f.record]
		if r == nil {
			continue
		}
		def := d.form(r.Part, f.form)
		if def == nil {
			continue
		}
		shown, keep := s.shows(r.Record, def)
		if !shown {
			continue
		}
		eachDocument(def.Fields, r.Forms[f.form], keep, s.columns(r.Record, f.form), func(field *policy.Field, x policy.Document) {
			if !seen[x.Digest] {
				seen[x.Digest] = true
				list = append(list, blobRef{"document", x.Digest, fmt.Sprintf("附件/%03d-%s", len(seen), plain(x.Name)), field.Title, false})
			}
		})
	}
	return list, nil
}

// eachDocument visits the files that values name, in rows too.
func eachDocument(fields []*policy.Field, v policy.Values, keep, columns func(*policy.Field) bool, visit func(*policy.Field, policy.Document)) {
	for _, f := range fields {
		if !keep(f) {
			continue
		}
		switch x := v[f.Name].(type) {
		case policy.Document:
			visit(f, x)
		case []policy.Values:
			for _, row := range x {
				eachDocument(f.Rows, row, columns, columns, visit)
			}
		}
	}
}

func (c *collector) blob(b blobRef) error {
	var body []byte
	found := false
	err := c.e.DB.Read(c.ctx, func(tx *store.Tx) (err error) {
		body, found, err = getBlob(tx, b.digest)
		return err
	})
	if err != nil || !found {
		return err
	}
	return c.give(b.what, b.name, b.title, body, b.sealed)
}

// proof is the whole bundle of a case for whoever may have it, and else the proofs of the steps that they see.
func (c *collector) proof(v *View, whole bool) error {
	if whole {
		body, err := c.e.Journal.Bundle(c.ctx, c.node.ID)
		if err != nil {
			return err
		}
		return c.give("proof", "存证.bundle.json", lang.T("存证", "Proof"), body, false)
	}
	var leaves []string
	for _, h := range v.History {
		leaves = append(leaves, h.Leaf)
	}
	if len(leaves) == 0 {
		return nil
	}
	body, err := c.e.Journal.Proofs(c.ctx, leaves)
	if err != nil {
		return err
	}
	return c.give("proof", "存证.proofs.json", lang.T("存证", "Proof"), body, false)
}

// ofRecord gives a record with who said what of it, and how its rights or shares stand and came to stand.
func (c *collector) ofRecord() error {
	pages := []struct {
		what, name string
		title      lang.Text
		read       func() (any, error)
	}{
		{"record", "record.json", lang.T("登记内容", "The record"), func() (any, error) { return c.e.Record(c.ctx, c.actor, c.node.ID) }},
		{"rights", "rights.json", lang.T("权属", "Rights"), func() (any, error) { return c.e.RightsOn(c.ctx, c.actor, c.node.ID, "") }},
		{"shares", "shares.json", lang.T("股东名册", "Cap table"), func() (any, error) { return c.e.SharesOn(c.ctx, c.actor, c.node.ID, "") }},
	}
	for _, p := range pages {
		if p.what != "record" && p.what != c.node.Asset {
			continue
		}
		v, err := p.read()
		if notFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		body, err := indented(v)
		if err != nil {
			return err
		}
		if err := c.give(p.what, p.name, p.title, body, false); err != nil {
			return err
		}
	}
	return nil
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// table is rows as CSV that Excel opens as UTF-8.
func table(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

// plain is a title as a name that every file system takes.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
	ext := path.Ext(s)
	if r := []rune(strings.TrimSuffix(s, ext)); len(r) > 40 {
		s = string(r[:40]) + ext
	}
	return strings.Trim(s, " .")
}

func minute(t time.Time) string { return t.In(caldate.Shanghai).Format("2006-01-02 15:04") }

func numbered(n int) string {
	if n == 0 {
		return ""
	}
	return "#" + strconv.Itoa(n)
}
