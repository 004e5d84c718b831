package casework

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rsc.io/qr"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// make prints a page from the pack's template of the document's name and keeps it: it is part of the step and its digest is in the leaf.
// What it is printed from is the case as this step leaves it.
func (c *change) make(a policy.MakeDocument) error {
	year := caldate.On(c.at).Year()
	n, err := takeNumber(c.tx, a.Document, year)
	if err != nil {
		return err
	}
	page, err := c.d.ed.print(&paper{c: c, n: c.e.namer(c.tx), title: a.Title, year: year, number: n}, a.Document)
	if err != nil {
		return err
	}
	p := paperRow{digest: digestBytes(page), record: c.rec.ID, document: a.Document, seq: c.seq, number: n, title: a.Title, at: c.at}
	if err := addBlob(c.tx, p.digest, page); err != nil {
		return err
	}
	c.leaf.Papers = append(c.leaf.Papers, leafPaper{ID: a.Document, Digest: p.digest})
	return addPaper(c.tx, c.d.row.id, p)
}

// print runs a template of the pack. page.html holds what all pages share.
func (ed *edition) print(p *paper, document string) ([]byte, error) {
	t, err := ed.template(document)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("casework: template %s: %w", document, err)
	}
	if p.n.err != nil {
		return nil, p.n.err
	}
	return out.Bytes(), nil
}

func (ed *edition) template(document string) (*template.Template, error) {
	if t, ok := ed.templates.Load(document); ok {
		return t.(*template.Template), nil
	}
	t := template.New("")
	for _, name := range []string{"page.html", document + ".html"} {
		text, err := fs.ReadFile(ed.files, path.Join("templates", name))
		if errors.Is(err, fs.ErrNotExist) && name == "page.html" {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("casework: the document %s has no template: %w", document, err)
		}
		if _, err := t.New(name).Parse(string(text)); err != nil {
			return nil, fmt.Errorf("casework: template %s: %w", name, err)
		}
	}
	t = t.Lookup(document + ".html")
	ed.templates.Store(document, t)
	return t, nil
}

// paper is what a template is given: everything in Chinese and ready to print; what is not filled is empty.
type paper struct {
	c      *change
	n      *namer
	title  lang.Text
	year   int
	number int64
}

// Title is the page's own, Number its 文号 within the year, in the order in which pages of this kind were made.
func (p *paper) Title() string { return p.title.ZH }

// Number is such as 2025年第3号.
func (p *paper) Number() string { return fmt.Sprintf("〔%d〕%d号", p.year, p.number) }

// Date is the day of the step, as papers write it.
func (p *paper) Date() string { return chineseDate(caldate.On(p.c.at)) }

// Case is the number of the case; Mechanism, City and Base say where it is from.
func (p *paper) Case() string      { return p.c.d.row.id }
func (p *paper) Mechanism() string { return p.c.d.mech.Title.ZH }
func (p *paper) City() string      { return p.c.d.ed.Title.ZH }
func (p *paper) Base() string      { return p.c.e.Base }

// Reason is what was said in the step.
func (p *paper) Reason() string { return p.c.in.Reason }

// Digest is of the forms that the page is printed from and of the case's last leaf: who holds the page can compare it with the journal.
func (p *paper) Digest() string {
	var b strings.Builder
	b.WriteString(p.c.d.row.leaf)
	for _, f := range p.c.d.forms {
		b.WriteString("\n" + f.record + " " + f.form + " " + f.digest)
	}
	return digestBytes([]byte(b.String()))
}

// Proof is the address at which the page can be checked.
func (p *paper) Proof() string {
	return strings.TrimSuffix(p.c.e.Base, "/") + "/verify?case=" + p.c.d.row.id + "&step=" + fmt.Sprint(p.c.seq)
}

// QR is Proof as a picture in the page itself: papers load nothing.
func (p *paper) QR() (template.URL, error) {
	code, err := qr.Encode(p.Proof(), qr.M)
	if err != nil {
		return "", err
	}
	code.Scale = 4
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG())), nil
}

// Text is a field of a form as officers write it: of the record of the step, of what it is inside, or of the case.
func (p *paper) Text(of string) string {
	field, v := p.find(of)
	return p.write(field, v)
}

// Capital is an amount in capitals (大写).
func (p *paper) Capital(of string) string {
	_, v := p.find(of)
	return capital(v)
}

// Rows is a table of a form.
func (p *paper) Rows(of string) []paperValues {
	field, v := p.find(of)
	if field == nil { // a made form that is one table: "ranking"
		return p.whole(of)
	}
	return p.rows(field, v)
}

func (p *paper) rows(field *policy.Field, v policy.Value) []paperValues {
	list, _ := v.([]policy.Values)
	rows := make([]paperValues, len(list))
	for i, r := range list {
		rows[i] = paperValues{p, field.Rows, r}
	}
	return rows
}

// whole is the first table of a form.
func (p *paper) whole(form string) []paperValues {
	for r := p.c.rec; r != nil; r = p.c.d.parent(r) {
		def := p.c.d.form(r.Part, form)
		if v, ok := r.Forms[form]; ok && def != nil {
			for _, f := range def.Fields {
				if f.Type == policy.RowsType {
					return p.rows(f, v[f.Name])
				}
			}
		}
	}
	return nil
}

func (p *paper) find(of string) (*policy.Field, policy.Value) {
	form, name, _ := strings.Cut(of, ".")
	for r := p.c.rec; r != nil; r = p.c.d.parent(r) {
		if f, v, ok := p.field(r, form, name); ok {
			return f, v
		}
	}
	return nil, nil
}

func (p *paper) field(r *policy.Record, form, name string) (*policy.Field, policy.Value, bool) {
	values, ok := r.Forms[form]
	def := p.c.d.form(r.Part, form)
	if !ok || def == nil || name == "" {
		return nil, nil, false
	}
	f := def.Field(name)
	return f, values[name], f != nil
}

// write is a value as it is read on paper.
func (p *paper) write(f *policy.Field, v policy.Value) string {
	switch x := v.(type) {
	case nil:
		return ""
	case bool:
		if x {
			return "是"
		}
		return "否"
	case money.Fen:
		return x.String()
	case share.PPM:
		return x.String()
	case caldate.Date:
		return chineseDate(x)
	case policy.Days:
		return fmt.Sprintf("%d日", x)
	case policy.Months:
		return fmt.Sprintf("%d个月", x)
	case policy.Workdays:
		return fmt.Sprintf("%d个工作日", x)
	case policy.Document:
		return x.Name
	case string:
		return p.word(f, x)
	}
	return fmt.Sprint(v)
}

// word is a text, or the title of what a choice, a code or a party stands for.
func (p *paper) word(f *policy.Field, s string) string {
	if f == nil {
		return s
	}
	switch f.Type {
	case policy.ChoiceType:
		for _, c := range f.Choices {
			if c.Value == s {
				return c.Title.ZH
			}
		}
	case policy.RefType:
		if t := p.c.d.ed.Taxonomies[f.Ref]; t != nil {
			for _, c := range t.Codes {
				if c.Code == s {
					return c.Title.ZH
				}
			}
		}
	case policy.PartyType:
		return p.n.party(s).Name
	case policy.RecordType:
		return p.n.record(s)
	case policy.NodeType:
		return p.n.node(s).ZH
	}
	return s
}

// Seat is who sits, joined by 、.
func (p *paper) Seat(name string) string {
	var list []string
	for _, h := range p.c.d.holders(p.c.rec, name) {
		list = append(list, p.n.holder(p.c.d.ed.Pack, h).ZH)
	}
	return strings.Join(list, "、")
}

// Holder is what the register knows of the first who sits.
func (p *paper) Holder(seat, what string) string {
	holders := p.c.d.holders(p.c.rec, seat)
	if len(holders) == 0 || holders[0].Party == "" {
		return ""
	}
	x := p.n.party(holders[0].Party)
	switch what {
	case "name":
		return x.Name
	case "uscc":
		return x.USCC
	case "address":
		return x.Address
	case "legal_rep":
		return x.LegalRep
	case "contact":
		return x.Contact
	case "phone":
		return x.Phone
	}
	return ""
}

// Param is a parameter's value, Cite the document and clause behind it.
func (p *paper) Param(name string) string {
	x := p.c.d.ed.Params[name]
	if x == nil {
		return ""
	}
	return p.write(nil, x.Value)
}

// Cite is 《…》(文号)第…条 of a parameter.
func (p *paper) Cite(name string) string {
	x := p.c.d.ed.Params[name]
	if x == nil || p.c.d.ed.Basis[x.Basis] == nil {
		return ""
	}
	return p.c.d.ed.Basis[x.Basis].Cite(x.Clause)
}

// Sources are the documents of the mechanism.
func (p *paper) Sources() []string {
	var list []string
	for _, key := range p.c.d.mech.Basis {
		if b := p.c.d.ed.Basis[key]; b != nil {
			list = append(list, b.Cite(""))
		}
	}
	return list
}

// Pot is money of the case as this step leaves it: held, paid or owed.
func (p *paper) Pot(name, what string) (string, error) {
	all, err := p.c.e.Ledger.Pots(p.c.tx, p.c.d.row.id)
	if err != nil {
		return "", err
	}
	pot := all[name]
	sum := pot.Held
	switch what {
	case "paid", "owed":
		sum = 0
		m := pot.Paid
		if what == "owed" {
			m = pot.Owed
		}
		for _, f := range m {
			sum += f
		}
	}
	return sum.String(), nil
}

// paperPayment is money that this step paid.
type paperPayment struct{ To, As, Amount, Capital string }

// Payments is what this step paid.
func (p *paper) Payments() []paperPayment {
	var list []paperPayment
	for _, a := range p.c.out.Actions {
		if pay, ok := a.(policy.PayMoney); ok {
			list = append(list, paperPayment{p.n.party(pay.Party).Name, pay.As.ZH, pay.Amount.String(), pay.Amount.Capital()})
		}
	}
	return list
}

// paperPart is one part of the case, or one inside the part that the step was done in.
type paperPart struct {
	Number int
	p      *paper
	r      *policy.Record
}

// Parts are the parts of a kind inside the record of the step, or in the case.
func (p *paper) Parts(name string) []paperPart {
	var list []paperPart
	for _, r := range p.c.d.snap.Parts {
		if r.Part == name && (p.c.rec.Part == "" || r.Parent == p.c.rec.ID) {
			list = append(list, paperPart{p.place(r, len(list)+1), p, r})
		}
	}
	slices.SortStableFunc(list, func(a, b paperPart) int { return cmp.Compare(a.Number, b.Number) })
	return list
}

// place is a part's number on paper: of a panel's people one that does not tell who they are.
func (p *paper) place(r *policy.Record, in int) int {
	if panelParts(p.c.d.machine(r)) {
		return p.c.d.shuffledNumber(r)
	}
	return in
}

// State, Text and Seat are the part's own.
func (x paperPart) State() string { return x.p.c.d.state(x.r).Title.ZH }

// Text is a field of one of the part's forms.
func (x paperPart) Text(of string) string {
	form, name, _ := strings.Cut(of, ".")
	f, v, _ := x.p.field(x.r, form, name)
	return x.p.write(f, v)
}

// paperField is one answer of a filled form: what was asked, what was answered, and the full mark of a mark.
type paperField struct{ Title, Value, Full string }

// Filled is everything that was filled in, in the order in which it was asked; tables are left out.
func (x paperPart) Filled() []paperField {
	var list []paperField
	for _, form := range x.p.c.d.mech.Forms {
		values, ok := x.r.Forms[form.Name]
		if !ok {
			continue
		}
		for _, f := range form.Fields {
			if v := values[f.Name]; v != nil && f.Type != policy.RowsType {
				full := ""
				if f.Full != "" {
					full = f.FullMark
				}
				list = append(list, paperField{f.Title.ZH, x.p.write(f, v), full})
			}
		}
	}
	return list
}

// Seat is who sits in one of the part's seats.
func (x paperPart) Seat(name string) string {
	var list []string
	for _, h := range x.p.c.d.holders(x.r, name) {
		list = append(list, x.p.n.holder(x.p.c.d.ed.Pack, h).ZH)
	}
	return strings.Join(list, "、")
}

// paperValues is a row of a table.
type paperValues struct {
	p      *paper
	fields []*policy.Field
	values policy.Values
}

// Text and Capital are a column of the row.
func (x paperValues) Text(column string) string {
	for _, f := range x.fields {
		if f.Name == column {
			return x.p.write(f, x.values[column])
		}
	}
	return ""
}

// Capital is an amount of the row in capitals.
func (x paperValues) Capital(column string) string { return capital(x.values[column]) }

func capital(v policy.Value) string {
	if f, ok := v.(money.Fen); ok {
		return f.Capital()
	}
	return ""
}

func chineseDate(d caldate.Date) string {
	t := d.Start()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

// Paper is a page that was made from a case, for who may see it.
func (e *Engine) Paper(ctx context.Context, actor identity.Actor, id, digest string) (page []byte, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		_, s, err := e.sighted(tx, actor, id)
		if err != nil {
			return err
		}
		all, err := papers(tx, id)
		if err != nil {
			return err
		}
		for _, p := range all {
			if p.digest == digest && s.paper(p) {
				page, _, err = getBlob(tx, digest)
				return err
			}
		}
		return errNoDocument
	})
	return page, err
}
