package register

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// RecordSheet is the kind of the sheet of a kind of record.
func RecordSheet(kind string) string { return "record_" + kind }

// recordSheet is a kind as a table that people fill in Excel. Rows of rows and documents do not fit into cells and are left out.
func (r *Register) recordSheet(k *RecordKind) *Sheet {
	s := &Sheet{Kind: RecordSheet(k.Name), Title: k.Title, May: r.keeper}
	for _, f := range k.Fields {
		if c, ok := column(f); ok {
			s.Columns = append(s.Columns, c)
		}
	}
	s.Columns = append(s.Columns,
		Column{Key: "id", Title: lang.T("编号", "Id"), Kind: Code, Width: 32, Note: lang.T("导出时带出，用于更新；新增不填", "From an export, for updates; empty for new ones")},
		Column{Key: "revision", Title: lang.T("版本", "Revision"), Kind: Integer, Note: lang.T("导出时带出；此后被他人修改过的行会被指出", "From an export; rows that others changed since are pointed out")})
	s.Check = func(tx *store.Tx, a identity.Actor, row Row, b *Batch) error { return r.checkRecordRow(tx, k, row, b) }
	s.Write = func(tx *store.Tx, a identity.Actor, row Row) error { return r.writeRecordRow(tx, k, a, row) }
	s.Export = func(ctx context.Context, a identity.Actor, query string, yield func(map[string]string) error) error {
		return r.exportRecords(ctx, k, a, query, yield)
	}
	return s
}

// column is a field as a column.
func column(f RecordField) (Column, bool) {
	c := Column{Key: f.Name, Title: f.Title, Required: !f.Optional && f.Type != "flag", Most: f.Max, Note: f.Help}
	switch f.Type {
	case "text":
		c.Width = 28
		if scheme, ok := ident.Named(f.Ident); ok {
			c.Kind, c.Example, c.Width = Code, scheme.Example, 24
		} else if c.Most == 0 || c.Most > 200 {
			c.Kind = Long
			c.Most = max(c.Most, 2000)
		}
	case "choice", "ref":
		for _, o := range f.Choices {
			title := o.Title.ZH
			if f.Type == "ref" && slices.ContainsFunc(f.Choices, func(p FieldChoice) bool { return p.Value != o.Value && p.Title.ZH == o.Title.ZH }) {
				title = o.Value + " " + title
			}
			c.Choices = append(c.Choices, Choice{o.Value, title})
		}
		if c.Kind = Pick; len(c.Choices) == 0 {
			c.Kind = Code
		} else {
			c.Example = c.Choices[0].Title
		}
	case "flag":
		c.Kind = Flag
	case "count", "days", "workdays":
		c.Kind = Integer
	case "number":
		c.Kind, c.Note = Code, lang.T("至多六位小数", "At most six decimals")
	case "money":
		c.Kind, c.Unit, c.Example = Money, money.Wan, "120"
		c.Title = lang.T(f.Title.ZH+"（万元）", f.Title.EN+" (10 000 yuan)")
	case "share":
		c.Kind, c.Example = Percent, "12.5%"
	case "date":
		c.Kind, c.Example = Date, "2025-06-30"
	case "party":
		c.Width, c.Most, c.Note = 30, maxName, lang.T("已登记主体的名称或统一社会信用代码", "Name or code of a party that is registered")
	case "node":
		c.Width, c.Most, c.Note = 30, maxName, lang.T("产业链图谱上节点的名称或编号", "Name or identifier of a node of the chain map")
	case "record":
		c.Width, c.Most, c.Note = 30, maxName, lang.T("已登记的名称或编号", "Name or number of one that is registered")
	default:
		return c, false
	}
	return c, true
}

var decimalShape = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

// valuesOf reads the filled cells of a row. With a batch, what earlier rows will enter is taken as there.
func (r *Register) valuesOf(tx *store.Tx, k *RecordKind, row Row) (Values, refusal.List, error) {
	var l refusal.List
	out := Values{}
	set := func(name string, v any) error {
		raw, err := json.Marshal(v)
		out[name] = raw
		return err
	}
	for _, f := range k.Fields {
		if !row.Has(f.Name) {
			continue
		}
		var err error
		switch f.Type {
		case "text":
			s := row.Text(f.Name)
			if scheme, ok := ident.Named(f.Ident); ok {
				s = scheme.Normal(s)
			}
			err = set(f.Name, s)
		case "choice", "ref", "node", "date":
			err = set(f.Name, row.Text(f.Name))
		case "number":
			s := strings.ReplaceAll(decimal(row.Text(f.Name)), ",", "")
			if !decimalShape.MatchString(s) {
				l.Add(invalid(f.Name, f.Title.ZH+"：不是至多六位小数的数值", f.Title.EN+": not a number with at most six decimals"))
				continue
			}
			err = set(f.Name, s)
		case "flag":
			err = set(f.Name, row.Flag(f.Name))
		case "party":
			p, found, e := r.Find(tx, row.Text(f.Name))
			if err = e; err == nil && !found {
				l.Add(invalid(f.Name, fmt.Sprintf("登记库中没有“%s”，或不止一个；请先登记，或改填统一社会信用代码", row.Text(f.Name)), fmt.Sprintf("The register has no %s, or several; enter it first, or give its code", row.Text(f.Name))))
				continue
			}
			if err == nil {
				err = set(f.Name, p.ID)
			}
		case "record":
			other := r.Kind(f.Kind)
			if other == nil {
				continue
			}
			o, found, e := r.FindRecord(tx, other, row.Text(f.Name))
			if err = e; err == nil && !found {
				l.Add(invalid(f.Name, fmt.Sprintf("登记库中没有“%s”，或不止一个", row.Text(f.Name)), fmt.Sprintf("The register has no %s, or several", row.Text(f.Name))))
				continue
			}
			if err == nil {
				err = set(f.Name, o.ID)
			}
		default:
			err = set(f.Name, row.Integer(f.Name))
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return out, l, nil
}

// rowMeans finds the record that a row updates: by its id, or by what is unique of it.
func (r *Register) rowMeans(tx *store.Tx, k *RecordKind, row Row, values Values) (Record, bool, error) {
	if id := row.Text("id"); id != "" {
		rec, found, err := recordByID(tx, id)
		if err == nil && (!found || rec.Kind != k.Name || rec.Retired) {
			return rec, false, errNoRecord().At("id")
		}
		return rec, found, err
	}
	probe := Record{Values: values}
	for key := range probe.keys(k) {
		if rec, found, err := recordByKey(tx, k.Name, key); found || err != nil {
			return rec, found, err
		}
	}
	return Record{}, false, nil
}

func (r *Register) checkRecordRow(tx *store.Tx, k *RecordKind, row Row, b *Batch) error {
	values, l, err := r.valuesOf(tx, k, row)
	if err != nil {
		return err
	}
	rec, found, err := r.rowMeans(tx, k, row, values)
	if err != nil {
		return err
	}
	values = rec.unhidden(k, values)
	if found && row.Has("revision") && row.Integer("revision") != rec.Revision {
		l.Add(invalid("revision", "导出之后已被他人修改，请重新导出", "It was changed since the export; export it anew"))
	}
	if settled, err := r.settleNodes(tx, k, rec.Values, values); err == nil {
		values = settled
	} else if no := refusal.Of(err); len(no) > 0 {
		l = append(l, no...)
	} else {
		return err
	}
	next := Record{ID: rec.ID, Kind: k.Name, Values: Values{}}
	for name, v := range rec.Values {
		next.Values[name] = v
	}
	for name, v := range values {
		next.Values[name] = v
	}
	for _, no := range refusal.Of(r.checkRecord(tx, k, next, values)) {
		if !slices.ContainsFunc(l, func(o *refusal.Refusal) bool { return o.Field == no.Field }) {
			l = append(l, no)
		}
	}
	for key, fields := range next.keys(k) {
		if line := b.Seen("key", key); line != row.Line {
			l.Add(invalid(fields[0], fmt.Sprintf("与第 %d 行重复", line), fmt.Sprintf("The same as row %d", line)))
		}
		if other, taken, err := recordByKey(tx, k.Name, key); err != nil {
			return err
		} else if taken && other.ID != rec.ID {
			l = append(l, refusal.Of(r.taken(k, next, other, fields))...)
		}
	}
	if found && len(l) == 0 {
		r.noteRecord(b, k, rec, values)
	}
	return l.Err()
}

// noteRecord tells what a row will change of a record that is there.
func (r *Register) noteRecord(b *Batch, k *RecordKind, rec Record, values Values) {
	var zh, en []string
	for _, f := range k.Fields {
		if v, ok := values[f.Name]; ok && string(compact(v)) != string(value(rec.Values, f.Name)) {
			zh, en = append(zh, f.Title.ZH), append(en, f.Title.EN)
		}
	}
	if len(zh) == 0 {
		b.Note(lang.T("与登记库一致，不作修改", "As the register has it; nothing changes"))
		return
	}
	b.Note(lang.T(fmt.Sprintf("“%s”已登记，将改其%s；已核实的内容不覆盖，并列待核", rec.Name, strings.Join(zh, "、")),
		fmt.Sprintf("“%s” is registered; says otherwise of its %s; what was verified is not overwritten but waits beside it", rec.Name, strings.Join(en, ", "))))
}

func (r *Register) writeRecordRow(tx *store.Tx, k *RecordKind, a identity.Actor, row Row) error {
	values, l, err := r.valuesOf(tx, k, row)
	if err != nil {
		return err
	}
	if err := l.Err(); err != nil {
		return err
	}
	imp, _, _ := strings.Cut(row.Key, "#")
	src := Source{Account: a.Account, Who: a.Name, From: FromImport, Import: imp}
	rec, found, err := r.rowMeans(tx, k, row, values)
	if err != nil {
		return err
	}
	if !found {
		_, err = r.EnterRecord(tx, k, src, "", values)
		return err
	}
	if row.Has("revision") && row.Integer("revision") != rec.Revision {
		return invalid("revision", "导出之后已被他人修改，请重新导出", "It was changed since the export; export it anew")
	}
	_, err = r.UpdateRecord(tx, k, src, rec.ID, values, false)
	return err
}

// exportRecords gives what SearchRecords would find and the actor may see whole.
func (r *Register) exportRecords(ctx context.Context, k *RecordKind, a identity.Actor, query string, yield func(map[string]string) error) error {
	found, err := r.foundBy(ctx, a, "record", k.Name, query)
	if err != nil {
		return err
	}
	for after := ""; ; {
		page, next, err := r.recordPageOf(ctx, k, found, query, after)
		if err != nil {
			return err
		}
		var rows []map[string]string
		err = r.db.Read(ctx, func(tx *store.Tx) error {
			rows = rows[:0]
			for _, rec := range page {
				if cut, _, seen := rec.SeenBy(k, a); seen {
					cells, err := r.recordCells(tx, k, cut.hidden(k))
					if err != nil {
						return err
					}
					rows = append(rows, cells)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, cells := range rows {
			if err := yield(cells); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}

// recordCells writes a record as the sheet would read it.
func (r *Register) recordCells(tx *store.Tx, k *RecordKind, rec Record) (map[string]string, error) {
	cells := map[string]string{"id": rec.ID, "revision": strconv.FormatInt(rec.Revision, 10)}
	for _, f := range k.Fields {
		raw, ok := rec.Values[f.Name]
		if !ok {
			continue
		}
		s := rec.Values.Text(f.Name)
		n, _ := strconv.ParseInt(string(raw), 10, 64)
		switch f.Type {
		case "choice", "ref":
			if c, ok := column(f); ok {
				for _, o := range c.Choices {
					if o.Value == s {
						s = o.Title
					}
				}
			}
		case "flag":
			s = map[bool]string{true: "是", false: "否"}[string(raw) == "true"]
		case "money":
			s = money.Fen(n).In(money.Wan, 6)
		case "share":
			s = share.PPM(n).String()
		case "count", "days", "workdays":
			s = string(raw)
		case "party":
			p, _, err := partyByID(tx, s)
			if err != nil {
				return nil, err
			}
			if s = p.Name; p.USCC != "" && p.Parent == "" {
				s = p.USCC
			}
		case "node":
			name, err := r.NodeName(tx, s)
			if err != nil {
				return nil, err
			}
			s = name.ZH
		case "record":
			o, _, err := recordByID(tx, s)
			if err != nil {
				return nil, err
			}
			s = o.Name
		case "document", "rows":
			continue
		}
		cells[f.Name] = s
	}
	return cells, nil
}
