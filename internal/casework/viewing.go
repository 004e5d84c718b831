package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/policy/draw"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// View is a case as an actor may see it. Who may see nothing of it is told that it is not there.
func (e *Engine) View(ctx context.Context, actor identity.Actor, id string) (*View, error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	return e.show(ctx, actor, id, hidden)
}

// HallCase is a case as everyone may see it.
func (e *Engine) HallCase(ctx context.Context, id string) (*View, error) {
	return e.show(ctx, identity.Actor{}, id, hidden)
}

func (e *Engine) show(ctx context.Context, actor identity.Actor, id string, above level) (v *View, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		d, s, err := e.sighted(tx, actor, id)
		if err != nil {
			return err
		}
		if s.whole <= above {
			return errNotFound
		}
		w := &viewer{e: e, tx: tx, d: d, s: s, n: e.namer(tx), actor: actor}
		v, err = w.view()
		if err == nil {
			err = w.n.err
		}
		return err
	})
	return v, err
}

// sighted loads a case and what the actor sees of it.
func (e *Engine) sighted(tx *store.Tx, actor identity.Actor, id string) (*docket, *sight, error) {
	d, err := e.load(tx, id)
	if err != nil {
		return nil, nil, err
	}
	hats, err := e.hats(tx, actor)
	if err != nil {
		return nil, nil, err
	}
	s := d.look(hats)
	if s.whole == hidden {
		return nil, nil, errNotFound
	}
	return d, s, nil
}

// viewer makes one view.
type viewer struct {
	e     *Engine
	tx    *store.Tx
	d     *docket
	s     *sight
	n     *namer
	actor identity.Actor
}

func (w *viewer) view() (*View, error) {
	d, rec := w.d, w.d.snap.Case
	v := &View{ID: d.row.id, Mechanism: MechanismRef{d.mech.Name, d.mech.Version, d.mech.Title}, Title: d.row.title,
		State: stateRef(d.state(rec)), Revision: rec.Revision, Opened: d.row.opened,
		Seats: w.seats(rec, d.mech.Seats), Mine: w.mine(), Things: []ThingView{}, Links: []LinkView{}, Forms: w.forms(rec), Parts: w.parts(),
		Documents: []DocumentView{}, Notices: []NoticeView{}, Draws: []DrawView{}, History: []HistoryView{},
		Money: MoneyView{Pots: []PotView{}, Postings: []PostingView{}}, Options: []OptionView{}}
	v.Due, v.Workdays = w.due(rec.Due)
	v.Then = w.then(d.state(rec))
	for _, fill := range []func(*View) error{w.options, w.things, w.links, w.money, w.documents, w.notices, w.draws, w.history} {
		if err := fill(v); err != nil {
			return nil, err
		}
	}
	v.Names = w.shownNames(v)
	return v, nil
}

// due is a deadline with the working days that are left.
func (w *viewer) due(at time.Time) (*time.Time, *int) {
	return dueView(w.d.ed.Pack, at, w.d.snap.Now)
}

func dueView(pack *policy.Pack, at, now time.Time) (*time.Time, *int) {
	if at.IsZero() {
		return nil, nil
	}
	// A deadline is the first instant after its last day.
	n := pack.Calendar.WorkdaysBetween(caldate.On(now), caldate.On(at.Add(-time.Microsecond)))
	return &at, &n
}

// then says what happens when a deadline passes.
func (w *viewer) then(st *policy.State) lang.Text {
	dl := st.Deadline
	if dl == nil {
		return lang.Text{}
	}
	if dl.Every != nil {
		zh, en := draw.EveryText(dl.Every)
		return lang.T(zh+"一次", en)
	}
	if dl.Escalate != "" && len(dl.To) == 0 {
		t := w.d.seatTitle(dl.Escalate)
		return lang.T("到期将提醒"+t.ZH, t.EN+" will be told")
	}
	var zh, en []string
	for _, b := range dl.To {
		if to := w.d.mech.Case.State(b.State); to != nil && !slices.Contains(zh, to.Title.ZH) {
			zh, en = append(zh, "“"+to.Title.ZH+"”"), append(en, "“"+to.Title.EN+"”")
		}
	}
	return lang.T("到期将转为"+strings.Join(zh, "或"), "It then becomes "+strings.Join(en, " or "))
}

// seats shows who sits, by name where names may be seen.
func (w *viewer) seats(r *policy.Record, defs []*policy.Seat) []SeatView {
	list := []SeatView{}
	if r.Part == "" && w.s.whole < complete {
		return w.publicSeats(defs)
	}
	for _, def := range defs {
		sv := SeatView{Name: def.Name, Title: def.Title, Holders: []HolderView{}}
		for _, h := range w.s.seats(def.Name) {
			if w.s.names(r, def, h) {
				sv.Holders = append(sv.Holders, HolderView{Party: h.Party, Office: h.Office, Name: w.n.holder(w.d.ed.Pack, h).ZH})
			}
		}
		list = append(list, sv)
	}
	return list
}

// publicSeats are the organisations and offices of the case; people are not shown to the public.
func (w *viewer) publicSeats(defs []*policy.Seat) []SeatView {
	list := []SeatView{}
	for _, def := range defs {
		if confidential(def) {
			continue
		}
		sv := SeatView{Name: def.Name, Title: def.Title, Holders: []HolderView{}}
		for _, h := range w.s.seats(def.Name) {
			if w.s.blinds(w.d.snap.Case, def.Name) {
				break
			}
			sv.Holders = append(sv.Holders, HolderView{Party: h.Party, Office: h.Office, Name: w.n.holder(w.d.ed.Pack, h).ZH})
		}
		list = append(list, sv)
	}
	return list
}

// mine are the seats that the actor holds: "poster", "bids#2.bidder".
func (w *viewer) mine() []string {
	list := []string{}
	list = append(list, w.s.mine[w.d.row.id]...)
	for _, r := range w.d.snap.Parts {
		for _, seat := range w.s.mine[r.ID] {
			list = append(list, fmt.Sprintf("%s#%d.%s", r.Part, w.number(r), seat))
		}
	}
	return list
}

// number is a part's number among those that are seen while it is sealed, so that it does not tell how many there are.
func (w *viewer) number(r *policy.Record) int {
	if w.s.nameless(r) {
		return w.d.shuffledNumber(r)
	}
	if !w.d.sealed(r) {
		return r.Number
	}
	n := 0
	for _, p := range w.d.snap.Parts {
		if p.Part == r.Part && p.Parent == r.Parent {
			if lv, _ := w.s.record(p); lv > hidden {
				n++
			}
		}
		if p == r {
			break
		}
	}
	return n
}

// forms shows the filled forms of a record, each cut to the fields that are seen.
func (w *viewer) forms(r *policy.Record) []FormView {
	list := []FormView{}
	for _, f := range w.d.forms {
		if f.record != r.ID {
			continue
		}
		def := w.d.form(r.Part, f.form)
		if def == nil {
			continue
		}
		seen, keep := w.s.shows(r, def)
		if !seen {
			continue
		}
		values := map[string]json.RawMessage{}
		if err := json.Unmarshal(f.vals, &values); err != nil {
			w.n.err = fmt.Errorf("casework: form %s of %s: %w", f.form, r.ID, err)
			continue
		}
		def, err := unnamed(def, values, w.s.tells(r, f.seat))
		if err != nil {
			w.n.err = err
			continue
		}
		cut := *def
		cut.Fields = nil
		for _, field := range def.Fields {
			if keep(field) {
				cut.Fields = append(cut.Fields, field)
			} else {
				delete(values, field.Name)
			}
		}
		list = append(list, FormView{Record: r.ID, Form: &cut, Values: values, By: w.by(r, f), At: f.at, Digest: f.digest})
	}
	slices.SortStableFunc(list, func(a, b FormView) int { return a.At.Compare(b.At) })
	return list
}

// by is who filled a form, as far as it may be known.
func (w *viewer) by(r *policy.Record, f formRow) string {
	for i := len(w.d.steps) - 1; i >= 0; i-- {
		if w.d.steps[i].seq == f.seq {
			if w.s.whole < complete && len(w.s.mine[r.ID]) == 0 {
				break
			}
			return w.n.who(w.s, w.d, w.d.steps[i]).ZH
		}
	}
	if seat, _ := w.d.seatOf(r, f.seat); seat != nil {
		return seat.Title.ZH
	}
	return ""
}

func (w *viewer) parts() []PartView {
	list := []PartView{}
	for _, m := range w.d.mech.Parts {
		pv := PartView{Name: m.Name, Title: m.Title, Records: []RecordView{}}
		pv.Sealed, pv.Veiled = w.d.sealedPart(m), !w.s.staff() && w.d.veils[m.Name] != nil
		for _, r := range w.d.snap.Parts {
			if r.Part != m.Name {
				continue
			}
			if lv, _ := w.s.record(r); lv == hidden || w.s.withheld(r) {
				continue
			}
			pv.Records = append(pv.Records, w.part(m, r))
		}
		if panelParts(m) && !w.s.knowsPanels() {
			slices.SortStableFunc(pv.Records, func(a, b RecordView) int {
				return cmp.Or(cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Number, b.Number))
			})
		}
		if len(pv.Records) > 0 || pv.Sealed {
			list = append(list, pv)
		}
	}
	return list
}

func (w *viewer) part(m *policy.Machine, r *policy.Record) RecordView {
	state, since, due, revision := w.s.face(r)
	rv := RecordView{ID: r.ID, Parent: r.Parent, Number: w.number(r), State: stateRef(state), Since: since, Revision: revision,
		Seats: []SeatView{}, Forms: w.forms(r)}
	if lv, _ := w.s.record(r); lv == complete {
		rv.Due, _ = w.due(due)
	}
	for _, def := range m.Seats {
		sv := SeatView{Name: def.Name, Title: def.Title, Holders: []HolderView{}}
		for _, h := range r.Seats[def.Name] {
			if w.s.names(r, def, h) {
				sv.Holders = append(sv.Holders, HolderView{Party: h.Party, Office: h.Office, Name: w.n.holder(w.d.ed.Pack, h).ZH})
			}
		}
		rv.Seats = append(rv.Seats, sv)
	}
	w.plain(r, &rv)
	return rv
}

// money is seen by offices, auditors and the parties of the case; experts do not review the city's book.
func (w *viewer) money(v *View) error {
	if w.s.whole < complete || !w.s.staff() && !w.s.party {
		return nil
	}
	for _, name := range sortedKeys(w.d.snap.Pots) {
		p := w.d.snap.Pots[name]
		pv := PotView{Name: name, Fund: p.Fund, Held: int64(p.Held)}
		for _, f := range p.Paid {
			pv.Paid += int64(f)
		}
		for _, f := range p.Owed {
			pv.Owed += int64(f)
		}
		v.Money.Pots = append(v.Money.Pots, pv)
	}
	if len(v.Money.Pots) == 0 {
		return nil
	}
	all, err := w.e.Ledger.Postings(w.tx, w.d.row.id)
	for _, t := range all {
		if (t.Kind == ledger.KindFee || t.Kind == ledger.KindWithhold) && !w.s.knowsPanels() {
			continue // it names who judged
		}
		v.Money.Postings = append(v.Money.Postings, PostingView{ID: t.ID, At: t.At, Kind: t.Kind, From: w.account(string(t.From)), To: w.account(string(t.To)),
			Amount: t.Amount, Memo: t.Memo, Step: t.Step})
	}
	return err
}

// account writes an account of the ledger as people call it.
func (w *viewer) account(a string) string {
	kind, rest, _ := strings.Cut(a, "/")
	switch kind {
	case "party":
		return w.n.party(rest).Name
	case "owed":
		return "应退款 · " + w.n.party(rest[strings.LastIndexByte(rest, '/')+1:]).Name
	case "claims":
		return "追回款 · " + w.fund(rest)
	case "fund":
		return w.fund(rest)
	case "withheld":
		return "代扣个人所得税"
	case "case":
		return "本事项 · " + rest[strings.LastIndexByte(rest, '/')+1:]
	}
	return a
}

func (w *viewer) fund(name string) string {
	if f := w.d.ed.Funds[name]; f != nil {
		return f.Title.ZH
	}
	return name
}

// documents are the pages made from what is seen: those of the case by its seats, those of a part by who sees that part.
func (w *viewer) documents(v *View) error {
	all, err := papers(w.tx, w.d.row.id)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !w.s.paper(p) {
			continue
		}
		size, _, err := blobSize(w.tx, p.digest)
		if err != nil {
			return err
		}
		v.Documents = append(v.Documents, DocumentView{Digest: p.digest, Name: p.document, Title: p.title, Size: size, Made: true, At: p.at})
	}
	return nil
}

// paper tells whether a page may be seen.
func (s *sight) paper(p paperRow) bool {
	r := s.d.byID[p.record]
	if r == nil {
		return false
	}
	if slices.ContainsFunc(s.d.machine(r.Record).Seats, func(x *policy.Seat) bool { return x.Panel != "" && !s.knows(x.Panel) }) && len(s.mine[p.record]) == 0 {
		return false // it names who judged
	}
	if s.staff() && !s.d.sealed(r.Record) {
		return true
	}
	if s.veils(r.Record, p.seq, s.d.seatOfStep(p.seq)) {
		return false
	}
	if lv, _ := s.record(r.Record); lv == hidden || r.Part == "" && lv < complete || len(s.blind) > 0 && s.blindAt(r.Record) {
		return false
	}
	// A page made in a part may tell what is inside that part: who may not see all of that yet (a bidder the opinions on the bid)
	// may not see the page. What is made in the case itself is for the case's seats whatever happens in its parts.
	for _, inner := range s.d.snap.Parts {
		if r.Part != "" && inner.Parent == r.ID {
			if lv, _ := s.record(inner); lv == hidden {
				return false
			}
		}
	}
	return true
}

func (w *viewer) notices(v *View) error {
	all, err := notices(w.tx, w.d.row.id)
	if err != nil {
		return err
	}
	for _, n := range all {
		nv := NoticeView{ID: n.id, Title: n.title, From: n.from, To: n.to, Digest: n.digest, State: n.status}
		if err := json.Unmarshal([]byte(n.content), &nv.Content); err != nil {
			return fmt.Errorf("casework: notice %s: %w", n.id, err)
		}
		if nv.Partial, err = w.cutNotice(n, nv.Content); err != nil {
			return err
		}
		v.Notices = append(v.Notices, nv)
	}
	return nil
}

// cutNotice takes out of what a notice froze what is not public, for who does not see the whole case; it tells whether it took
// anything. A ranking stays whole: it is the result that notice is given of.
func (w *viewer) cutNotice(n noticeRow, content map[string]json.RawMessage) (cut bool, err error) {
	r := w.d.byID[n.record]
	if r != nil && w.s.whole == complete {
		if lv, _ := w.s.record(r.Record); lv == complete {
			return false, nil
		}
	}
	part := ""
	if r != nil {
		part = r.Part
	}
	for _, path := range sortedKeys(content) {
		name, field, _ := strings.Cut(path, ".")
		form := w.d.form(part, name)
		switch {
		case form != nil && form.Made && form.Name == policy.Ranking:
		case form == nil:
			delete(content, path)
			cut = true
		case field != "":
			if f := form.Field(field); f == nil || !f.Public || w.s.kept(f) {
				delete(content, path)
				cut = true
			}
		default:
			left, some, err := w.s.publicOnly(form, content[path])
			if err != nil {
				return false, fmt.Errorf("casework: notice %s: %s: %w", n.id, path, err)
			}
			cut = cut || some
			if content[path] = left; left == nil {
				delete(content, path)
			}
		}
	}
	return cut, nil
}

// publicOnly is a whole form without its fields that are not public, nil where none is; some tells whether any were taken out.
func (s *sight) publicOnly(form *policy.Form, raw json.RawMessage) (left json.RawMessage, some bool, err error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(raw, &values); err != nil {
		return nil, false, err
	}
	for _, name := range sortedKeys(values) {
		if f := form.Field(name); f == nil || !f.Public || s.kept(f) {
			delete(values, name)
			some = true
		}
	}
	if len(values) == 0 {
		return nil, some, nil
	}
	left, err = json.Marshal(values)
	return left, some, err
}

// history is the steps of the records that are seen whole, numbered as they are seen: a gap would tell that something is sealed.
func (w *viewer) history(v *View) error {
	if w.s.whole < joined {
		return nil
	}
	leaves, err := w.e.Journal.Of(w.tx, w.d.row.id)
	if err != nil {
		return err
	}
	index := map[string]int64{}
	for _, l := range leaves {
		if l.Index >= 0 {
			index[l.Digest] = l.Index
		}
	}
	for _, st := range w.d.steps {
		r := w.d.byID[st.record]
		if r == nil {
			continue
		}
		lv, _ := w.s.record(r.Record)
		if lv != complete && !(r.Part == "" && lv >= joined) || w.s.hushes(r.Record, st) {
			continue
		}
		h := w.step(st, r.Record)
		h.Seq = int64(len(v.History) + 1)
		if i, ok := index[st.leaf]; ok {
			h.Index = &i
		}
		v.History = append(v.History, h)
	}
	return nil
}

func (w *viewer) step(st stepRow, r *policy.Record) HistoryView {
	h := HistoryView{Seq: st.seq, At: st.at, Record: r.ID, Part: r.Part, Step: st.step, Title: w.d.stepTitle(st), Who: w.n.who(w.s, w.d, st).ZH, Leaf: st.leaf}
	if r.Part != "" {
		h.Number = w.number(r)
	}
	if seat, _ := w.d.seatOf(r, st.seat); seat != nil {
		h.Seat = seat.Title
	}
	m := w.d.machine(r)
	if s := m.State(st.from); s != nil {
		h.From = s.Title
	}
	if s := m.State(st.to); s != nil {
		h.To = s.Title
	}
	if lv, _ := w.s.record(r); lv == complete && !w.s.veils(r, st.seq, st.seat) && !w.s.blinds(r, st.seat) {
		h.Reason = st.reason
	}
	return h
}

func notFound(err error) bool {
	l := refusal.Of(err)
	return len(l) > 0 && l[0].Kind == refusal.NotFound
}
