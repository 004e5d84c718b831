package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// deskSize is how many lines each part of a desk has; the rest is in the lists.
const deskSize = 50

// visit is how long somebody may be away and still be on the same visit.
const visit = 30 * time.Minute

// List is a page of the cases that the actor may see, the latest first; next is where the following page begins, "" at the end.
func (e *Engine) List(ctx context.Context, actor identity.Actor, q Query) (items []Item, next string, err error) {
	if actor.Anonymous() {
		return nil, "", errSignIn
	}
	limit := pageSize(q.Limit)
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		l := &lister{e: e, tx: tx, hats: hats, n: e.namer(tx)}
		f := filter{q: q.Q, mechanism: q.Mechanism, state: q.State, after: q.After, limit: limit + 1}
		all := !q.Mine && actor.Has(identity.RoleAuditor)
		items, next, err = l.page(f, limit, all)
		if err == nil {
			err = l.n.err
		}
		return err
	})
	return items, next, err
}

func pageSize(n int) int {
	if n < 1 {
		return 50
	}
	return min(n, maxPage)
}

// lister makes lines of lists for some hats.
type lister struct {
	e    *Engine
	tx   *store.Tx
	hats []hat
	n    *namer
}

// chairs are the parties and offices that the hats sit as, each once.
func (l *lister) chairs() []chair {
	seen := map[chair]bool{}
	var list []chair
	add := func(c chair) {
		if !seen[c] {
			seen[c] = true
			list = append(list, c)
		}
	}
	for _, h := range l.hats {
		if h.actor.Person != "" {
			add(chair{policy.Holder{Party: h.actor.Person}, h.seat, h.in})
		}
		for _, m := range h.actor.Parties {
			add(chair{policy.Holder{Party: m.Party}, h.seat, h.in})
		}
		for _, once := range h.actor.Once {
			add(chair{policy.Holder{Party: once}, h.seat, h.in})
		}
		for _, o := range h.actor.Offices {
			add(chair{policy.Holder{Office: o}, h.seat, h.in})
		}
	}
	return list
}

// page reads on until it has limit lines or there are no more: drafts of others drop out after they are read.
func (l *lister) page(f filter, limit int, all bool) ([]Item, string, error) {
	items := []Item{}
	for {
		ids, err := l.ids(f, all)
		if err != nil {
			return nil, "", err
		}
		for i, id := range ids {
			if i == f.limit-1 { // one more than asked for: there is a next page
				break
			}
			f.after = id
			item, ok, err := l.item(id, all)
			if err != nil {
				return nil, "", err
			}
			if ok {
				items = append(items, item)
			}
			if len(items) == limit && i+1 < len(ids) {
				return items, id, nil
			}
		}
		if len(ids) < f.limit {
			return items, "", nil
		}
		if len(items) >= limit {
			return items, f.after, nil
		}
	}
}

// ids is the latest cases of all chairs together, each once; or of everyone's that was handed in.
func (l *lister) ids(f filter, all bool) ([]string, error) {
	var ids []string
	if all {
		list, err := allIDs(l.tx, f, false)
		if err != nil {
			return nil, err
		}
		ids = list
	}
	for _, c := range l.chairs() {
		list, err := idsOf(l.tx, c, f)
		if err != nil {
			return nil, err
		}
		ids = append(ids, list...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	slices.Reverse(ids)
	return ids[:min(len(ids), f.limit)], nil
}

// item is one line, if the case may be seen: a case that was not handed in is its opener's only.
func (l *lister) item(id string, all bool) (Item, bool, error) {
	row, found, err := itemOf(l.tx, id)
	if err != nil || !found {
		return Item{}, false, err
	}
	ed, m, err := l.e.rules(l.tx, row.caseRow)
	if err != nil {
		return Item{}, false, err
	}
	if !row.shown && !l.opened(m, row.caseRow) {
		return Item{}, false, nil
	}
	if seated, err := l.seated(row.caseRow); err != nil || !seated {
		return Item{}, false, err
	}
	item, err := l.lineOf(row, ed, m)
	if err == nil && item.Party != "" && m.HasBlind() {
		err = l.blindfold(&item)
	}
	return item, true, err
}

// blindfold takes the applicant's name off the line of whoever judges without knowing it.
func (l *lister) blindfold(item *Item) error {
	d, err := l.e.load(l.tx, item.Case)
	if err == nil && d.look(l.hats).blinds(d.snap.Case, d.mech.Opener) {
		item.Party = ""
	}
	return err
}

// line is a row as a line.
func (l *lister) line(row itemRow) (Item, error) {
	ed, m, err := l.e.rules(l.tx, row.caseRow)
	if err != nil {
		return Item{}, err
	}
	return l.lineOf(row, ed, m)
}

func (l *lister) lineOf(row itemRow, ed *edition, m *policy.Mechanism) (item Item, err error) {
	item = Item{Case: row.id, Mechanism: MechanismRef{m.Name, m.Version, m.Title}, Title: row.title, State: stateRef(m.Case.State(row.state)),
		Since: row.since, Opened: row.opened}
	if row.party != "" {
		item.Party = l.n.party(row.party).Name
	}
	item.Due, item.Workdays = dueView(ed.Pack, row.due, later(l.tx.Now(), row.lastAt))
	item.Waits, err = l.waits(m, row.caseRow)
	return item, err
}

// seated tells whether a case is still to be listed under a veil: who stands in for one seat only may have found it by a seat that
// they are not to know of yet.
func (l *lister) seated(row caseRow) (bool, error) {
	if row.veil == "" || !slices.ContainsFunc(l.hats, func(h hat) bool { return h.seat != "" }) {
		return true, nil
	}
	d, err := l.e.load(l.tx, row.id)
	if err != nil {
		return false, err
	}
	s := d.look(l.hats)
	return len(s.mine) > 0 || s.reads, nil
}

// opened tells whether one of the hats opened the case.
func (l *lister) opened(m *policy.Mechanism, row caseRow) bool {
	h := policy.Holder{Party: row.party}
	if seat := m.Seat(m.Opener); row.party == "" && seat != nil {
		h = policy.Holder{Office: seat.Office}
	}
	return slices.ContainsFunc(l.hats, func(x hat) bool { return x.covers(row.id, m.Opener) && sits(x.actor, h) })
}

// waits names the seats that the case itself waits for; what its parts wait for is not everyone's to know.
func (l *lister) waits(m *policy.Mechanism, row caseRow) (lang.Text, error) {
	list, err := waitedFor(l.tx, row.id)
	var zh, en []string
	for _, name := range list {
		if s := m.Seat(name); s != nil {
			zh, en = append(zh, s.Title.ZH), append(en, s.Title.EN)
		}
	}
	return lang.T(strings.Join(zh, "、"), strings.Join(en, ", ")), err
}

// rules is the pack and the mechanism that a case is pinned to.
func (e *Engine) rules(tx *store.Tx, row caseRow) (*edition, *policy.Mechanism, error) {
	ed, err := e.edition(tx, row.pack)
	if err != nil {
		return nil, nil, err
	}
	m := ed.Mechanism(row.mechanism)
	if m == nil {
		return nil, nil, errNotFound
	}
	return ed, m, nil
}

// Desk is what waits for the actor, by deadline; what they wait for; what others did since they were last here; and what they were told.
func (e *Engine) Desk(ctx context.Context, actor identity.Actor) (*Desk, error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	d := &Desk{Waiting: []Item{}, Others: []Item{}, Changed: []HistoryItem{}, Messages: []MessageView{}}
	var before, latest, now time.Time
	err := e.DB.Read(ctx, func(tx *store.Tx) (err error) {
		*d = Desk{Waiting: []Item{}, Others: []Item{}, Changed: []HistoryItem{}, Messages: []MessageView{}}
		now = tx.Now()
		if before, latest, err = seen(tx, actor.Account); err != nil {
			return err
		}
		if now.Sub(latest) > visit {
			before = latest
		}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		l := &lister{e: e, tx: tx, hats: hats, n: e.namer(tx)}
		for _, fill := range []func(*Desk) error{l.waiting, l.others, l.messages, func(d *Desk) error { return l.changed(d, actor, before) }, func(d *Desk) error { return l.taxes(d, actor) }} {
			if err := fill(d); err != nil {
				return err
			}
		}
		return l.n.err
	})
	if err != nil {
		return nil, err
	}
	if now.Sub(latest) > visit {
		err = e.DB.Write(ctx, func(tx *store.Tx) error { return setSeen(tx, actor.Account, before, now) })
	}
	return d, err
}

// waiting groups what waits by case, the nearest deadline first.
func (l *lister) waiting(d *Desk) error {
	var rows []deskRow
	for _, c := range l.chairs() {
		list, err := waitsOf(l.tx, c, deskSize*4)
		if err != nil {
			return err
		}
		rows = append(rows, list...)
	}
	slices.SortStableFunc(rows, func(a, b deskRow) int {
		return cmp.Or(cmp.Compare(a.due, b.due), cmp.Compare(a.in, b.in), cmp.Compare(a.record, b.record), cmp.Compare(a.seat, b.seat))
	})
	at := map[string]int{}
	for _, r := range rows {
		i, known := at[r.in]
		if !known {
			if len(d.Waiting) == deskSize {
				continue
			}
			item, ok, err := l.item(r.in, false)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			i = len(d.Waiting)
			at[r.in] = i
			d.Waiting = append(d.Waiting, item)
		}
		if err := l.do(&d.Waiting[i], r); err != nil {
			return err
		}
	}
	return nil
}

// do adds the acts of a record to a line; a deadline of a part that is nearer than the case's own is the line's.
func (l *lister) do(item *Item, r deskRow) error {
	row, _, err := getCase(l.tx, r.in)
	if err != nil {
		return err
	}
	ed, m, err := l.e.rules(l.tx, row)
	if err != nil {
		return err
	}
	mc := m.Machine(r.part)
	if mc == nil {
		return nil
	}
	number := int(r.number)
	if slices.Contains(mc.Sealed, row.state) {
		number = 0 // it would tell how many there are
	}
	st := mc.State(r.state)
	for _, name := range strings.Split(r.steps, ",") {
		sp := st.Step(name)
		if sp == nil || slices.ContainsFunc(item.Do, func(x DoRef) bool { return x.Record == r.record && x.Step == name }) {
			continue
		}
		item.Do = append(item.Do, DoRef{Record: r.record, Part: r.part, Number: number, Step: name, Title: sp.Title})
	}
	if due := store.Time(r.due); r.due != noDue && (item.Due == nil || due.Before(*item.Due)) {
		item.Due, item.Workdays = dueView(ed.Pack, due, later(l.tx.Now(), row.lastAt))
	}
	return nil
}

// others are the cases in which the actor sits and which wait for somebody else.
func (l *lister) others(d *Desk) error {
	items, _, err := l.page(filter{live: true, limit: deskSize*2 + 1}, deskSize*2, false)
	if err != nil {
		return err
	}
	for _, i := range items {
		mine := slices.ContainsFunc(d.Waiting, func(w Item) bool { return w.Case == i.Case })
		if !mine && len(d.Others) < deskSize {
			d.Others = append(d.Others, i)
		}
	}
	return nil
}

// changed is what others did, as far as it may be seen.
func (l *lister) changed(d *Desk, actor identity.Actor, since time.Time) error {
	var rows []stepRow
	for _, c := range l.chairs() {
		list, err := stepsSince(l.tx, c, since, actor.Account, deskSize)
		if err != nil {
			return err
		}
		rows = append(rows, list...)
	}
	slices.SortStableFunc(rows, func(a, b stepRow) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.in, b.in), cmp.Compare(b.seq, a.seq))
	})
	rows = slices.CompactFunc(rows, func(a, b stepRow) bool { return a.in == b.in && a.seq == b.seq })
	views := map[string]*viewer{}
	for _, r := range rows[:min(len(rows), deskSize)] {
		w, ok := views[r.in]
		if !ok {
			dos, s, err := l.e.sighted(l.tx, actor, r.in)
			if err != nil && !notFound(err) {
				return err
			}
			if err == nil {
				w = &viewer{e: l.e, tx: l.tx, d: dos, s: s, n: l.n, actor: actor}
			}
			views[r.in] = w
		}
		if w == nil {
			continue
		}
		rec := w.d.byID[r.record]
		if rec == nil {
			continue
		}
		if lv, _ := w.s.record(rec.Record); lv == complete && !w.s.hushes(rec.Record, r) {
			h := w.step(r, rec.Record)
			h.Seq = 0 // its place among all steps would tell how many of them are sealed
			d.Changed = append(d.Changed, HistoryItem{Case: r.in, Title: w.d.row.title, Step: h})
		}
	}
	return nil
}

func (l *lister) messages(d *Desk) error {
	var rows []messageRow
	for _, c := range l.chairs() {
		list, err := messagesOf(l.tx, c, deskSize)
		if err != nil {
			return err
		}
		rows = append(rows, list...)
	}
	slices.SortFunc(rows, func(a, b messageRow) int { return cmp.Compare(b.id, a.id) })
	rows = slices.CompactFunc(rows, func(a, b messageRow) bool { return a.id == b.id })
	for _, r := range rows[:min(len(rows), deskSize)] {
		title, found, err := l.messageTitle(r)
		if err != nil {
			return err
		}
		if found {
			m := MessageView{ID: r.id, Case: r.in, Title: title, Text: r.text, At: r.at}
			if r.in == "" {
				m.Record = r.record
			}
			if strings.HasPrefix(r.record, register.HandedPrefix) {
				m.Record, m.Handed = "", r.record
			}
			d.Messages = append(d.Messages, m)
		}
	}
	return nil
}

// taxes reminds finance of withheld tax that is to be handed in, the oldest month first.
func (l *lister) taxes(d *Desk, actor identity.Actor) error {
	if !actor.Has(identity.RoleFinance) {
		return nil
	}
	months, err := l.e.feeMonths(l.tx)
	for _, m := range slices.Backward(months) {
		if m.Standing == "due" || m.Standing == "late" {
			d.Taxes = append(d.Taxes, m)
		}
	}
	return err
}

// messageTitle is the case's title, or of a message about a record of the register that record's name.
func (l *lister) messageTitle(r messageRow) (string, bool, error) {
	if r.in != "" {
		row, found, err := getCase(l.tx, r.in)
		return row.title, found, err
	}
	if strings.HasPrefix(r.record, register.HandedPrefix) {
		h, found, err := l.e.Register.HandedRow(l.tx, r.record)
		return h.Name, found, err
	}
	rows, err := l.e.Register.RecordRows(l.tx, []string{r.record})
	if err != nil || len(rows) == 0 {
		return "", false, err
	}
	return rows[0].Name, true, nil
}

// The kinds of line in the public hall.
const (
	hallOpen   = "open"
	hallNotice = "notice"
	hallResult = "result"
	hallOther  = "other"
)

// Hall is a page of what everyone may read, the latest first.
func (e *Engine) Hall(ctx context.Context, q HallQuery) (items []HallItem, next string, err error) {
	limit := pageSize(q.Limit)
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		items, next = []HallItem{}, ""
		f := filter{q: q.Q, mechanism: q.Mechanism, after: q.After, limit: limit + 1}
		for {
			ids, err := allIDs(tx, f, true)
			if err != nil {
				return err
			}
			for _, id := range ids {
				if len(items) == limit {
					next = f.after
					return nil
				}
				item, err := e.hallItem(tx, id)
				if err != nil {
					return err
				}
				if q.Kind == "" || q.Kind == "all" || q.Kind == item.Kind {
					items = append(items, item)
				}
				f.after = id
			}
			if len(ids) < f.limit {
				return nil
			}
		}
	})
	return items, next, err
}

func (e *Engine) hallItem(tx *store.Tx, id string) (HallItem, error) {
	d, s, err := e.sighted(tx, identity.Actor{}, id)
	if err != nil {
		return HallItem{}, err
	}
	rec := d.snap.Case
	item := HallItem{Case: id, Kind: d.hallKind(), Mechanism: MechanismRef{d.mech.Name, d.mech.Version, d.mech.Title}, Title: d.row.title,
		State: stateRef(d.state(rec)), Since: rec.Since, Fields: map[string]json.RawMessage{}}
	item.Due, item.Workdays = dueView(d.ed.Pack, rec.Due, d.snap.Now)
	w := &viewer{e: e, tx: tx, d: d, s: s, n: e.namer(tx)}
	for _, f := range w.forms(rec) {
		for _, field := range f.Form.Fields {
			if v, ok := f.Values[field.Name]; ok {
				item.Fields[f.Form.Name+"."+field.Name] = v
			}
		}
	}
	l := &lister{e: e, tx: tx, n: w.n}
	item.Waits, err = l.waits(d.mech, d.row)
	return item, err
}

// hallKind sorts a public case: on notice, open for somebody to join, ended, or under way.
func (d *docket) hallKind() string {
	st := d.state(d.snap.Case)
	switch {
	case st.End:
		return hallResult
	case st.Block == "notice":
		return hallNotice
	case slices.ContainsFunc(d.mech.Parts, func(m *policy.Machine) bool {
		return m.Starts != nil && m.Starts.By != "" && slices.Contains(m.Starts.While, st.Name)
	}):
		return hallOpen
	}
	return hallOther
}
