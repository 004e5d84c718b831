package casework

import (
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// namer looks up what parties and offices are called, each once a transaction.
type namer struct {
	e       *Engine
	tx      *store.Tx
	parties map[string]register.Party
	err     error // the first that was not "not found"; looked at when the view is done
}

func (e *Engine) namer(tx *store.Tx) *namer {
	return &namer{e: e, tx: tx, parties: map[string]register.Party{}}
}

// party is a party of the register, deleted or not; one that is not there has its id for a name.
func (n *namer) party(id string) register.Party {
	if p, ok := n.parties[id]; ok {
		return p
	}
	p, err := n.e.Register.Get(n.tx, id)
	if err != nil {
		p = register.Party{ID: id, Name: id}
		if !notFound(err) && n.err == nil {
			n.err = err
		}
	}
	n.parties[id] = p
	return p
}

// record is what a record of the register is called.
func (n *namer) record(id string) string {
	r, err := n.e.Register.GetRecord(n.tx, id)
	if err != nil {
		if !notFound(err) && n.err == nil {
			n.err = err
		}
		return id
	}
	return r.Name
}

func (n *namer) office(pack *policy.Pack, office string) lang.Text { return n.e.officeIn(pack, office) }

// OfficeTitle is what an office is called: 科技局重大专项处, 浑南区科技局.
func (e *Engine) OfficeTitle(office string) lang.Text { return e.officeIn(e.Seen(), office) }

// anyDistrict is what the title of an office of every district begins with; the name of one district takes its place.
const anyDistrict = "区县（市）"

func (e *Engine) officeIn(pack *policy.Pack, office string) lang.Text {
	name, region, district := strings.Cut(office, "/")
	title := lang.T(office, office)
	if o := pack.Offices[name]; o != nil {
		title = o.Title
	}
	if district {
		r := e.Register.RegionName(region)
		return lang.T(r+strings.TrimPrefix(title.ZH, anyDistrict), title.EN+" ("+r+")")
	}
	return title
}

func (n *namer) holder(pack *policy.Pack, h policy.Holder) lang.Text {
	if h.Office != "" {
		return n.office(pack, h.Office)
	}
	p := n.party(h.Party).Name
	return lang.T(p, p)
}

// ownSeats are what the system calls seats that no mechanism writes.
var ownSeats = map[string]lang.Text{
	policy.ClockSeat: lang.T("系统（到期）", "The system (deadline)"),
	starterSeat:      lang.T("由联办事项发起", "Started by a linked case"),
	importerSeat:     lang.T("批量导入", "Import"),
}

// seatTitleIn is what a seat of a mechanism or of one of its parts is called.
func seatTitleIn(m *policy.Mechanism, name string) lang.Text {
	if t, ok := ownSeats[name]; ok {
		return t
	}
	if s := m.Seat(name); s != nil {
		return s.Title
	}
	for _, part := range m.Parts {
		if s := part.Seat(name); s != nil {
			return s.Title
		}
	}
	return lang.Text{}
}

// who is how a step's actor is called to somebody: the account with its office or party to the offices of the case and to its own
// people, the office or party alone to other parties, and the seat alone where the rule hides the name.
func (n *namer) who(s *sight, d *docket, st stepRow) lang.Text {
	if t, ok := ownSeats[st.seat]; ok {
		return t
	}
	r := d.byID[st.record]
	if r == nil {
		return lang.Text{}
	}
	seat, home := d.seatOf(r.Record, st.seat)
	if seat == nil {
		return lang.Text{}
	}
	if !s.names(home, seat, st.holder) {
		return seat.Title
	}
	of := n.holder(d.ed.Pack, st.holder)
	own := false
	for _, h := range s.hats {
		own = own || sits(h.actor, st.holder) || h.actor.Account != "" && h.actor.Account == st.account
	}
	if st.who == "" || st.who == of.ZH || !s.staff() && !own && s.whole != complete {
		return of
	}
	if !s.staff() && !own && st.holder.Party != "" { // another party's people are its own affair
		return of
	}
	who := lang.T(st.who+"（"+of.ZH+"）", st.who+" ("+of.EN+")")
	if st.behalf != "" {
		who.ZH, who.EN = who.ZH+"（代办）", who.EN+" (standing in)"
	}
	return who
}
