package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// errDry rolls a dry run back.
var errDry = errors.New("casework: dry run")

// doer is who acts in one step: an account, perhaps in somebody's stead, in a seat, for its holder.
type doer struct {
	actor  identity.Actor
	behalf string // the delegator's account
	seat   string
	holder policy.Holder
}

// clock is the doer of deadlines.
func clock() doer {
	return doer{actor: identity.Actor{Account: policy.ClockSeat}, seat: policy.ClockSeat}
}

// once is the one door: everything that changes a case goes through it. It runs do in one serializable transaction and keeps the
// answer under the request's key, rolls back where it is a dry run, and answers a repeated request with the first answer. do may run
// several times.
//
// The key is looked for only when do was refused or the key is taken: a request that was done before is refused by what it did (the
// case has moved on), or fails by its key, and is then given its first answer. Of two of the same at once, one is done.
func (e *Engine) once(ctx context.Context, account, key string, input any, dry bool, do func(*store.Tx) (*Receipt, error)) (*Receipt, error) {
	if len(key) > maxKey {
		return nil, refusal.New(refusal.Invalid, "casework.key", lang.T("请求标识过长", "The idempotency key is too long"))
	}
	digest, err := digestOf(input)
	if err != nil {
		return nil, err
	}
	if account == "" {
		account = "anonymous"
	}
	var receipt *Receipt
	err = e.DB.Write(ctx, func(tx *store.Tx) (err error) {
		e.runs.Add(1)
		if receipt, err = do(tx); err != nil {
			return err
		}
		if dry {
			return errDry
		}
		if key == "" {
			return nil
		}
		text, err := json.Marshal(receipt)
		if err != nil {
			return err
		}
		return addRequest(tx, account, key, digest, string(text), tx.Now())
	})
	switch {
	case err == nil || errors.Is(err, errDry):
		return receipt, nil
	case key != "" && (e.DB.Duplicate(err) || len(refusal.Of(err)) > 0):
		// Where the first answer cannot be read just now, that is what they are told: they ask again.
		if first, other := e.answered(ctx, account, key, digest); first != nil || other != nil {
			return first, other
		}
	}
	return nil, err
}

// answered is the answer that a request was given before, nil where it is new.
func (e *Engine) answered(ctx context.Context, account, key, digest string) (*Receipt, error) {
	var input, text string
	found := false
	err := e.DB.Read(ctx, func(tx *store.Tx) (err error) {
		input, text, found, err = getRequest(tx, account, key)
		return err
	})
	if err != nil || !found {
		return nil, err
	}
	if input != digest {
		return nil, refusal.New(refusal.Conflict, "casework.key_reused",
			lang.T("同一请求标识已用于另一项内容不同的操作", "This idempotency key was used for another request")).
			Mend(lang.T("请刷新页面后重新提交", "Reload the page and send again"))
	}
	var r Receipt
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return nil, fmt.Errorf("casework: the receipt of %s: %w", key, err)
	}
	r.Repeated = true
	return &r, nil
}

// digestOf is SHA-256 over the JSON of a command, whose fields come in the order of the struct.
func digestOf(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", refusal.New(refusal.Invalid, "casework.json", lang.T("提交的内容不是有效的 JSON", "What was sent is not valid JSON"))
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Act does one step, or says why not. See the package comment for what it guarantees.
func (e *Engine) Act(ctx context.Context, actor identity.Actor, c Command) (*Receipt, error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	r, err := e.once(e.inLine(ctx, c), actor.Account, c.Key, c, c.DryRun, func(tx *store.Tx) (*Receipt, error) { return e.act(tx, actor, c) })
	if err != nil && len(refusal.Of(err)) > 0 {
		e.keep(ctx, actor, c)
	}
	return r, err
}

// check refuses what is too large to be looked at.
func (c Command) check() error {
	if len(c.Values) > maxValues {
		return refusal.New(refusal.TooLarge, "casework.too_large", lang.T("表单内容超过 4 MB", "The form is larger than 4 MB")).
			Mend(lang.T("请把长文本放入附件", "Put long texts into an attachment"))
	}
	if utf8.RuneCountInString(c.Reason) > maxReason {
		return refusal.New(refusal.Invalid, "casework.reason_long", lang.T("理由超过 2000 字", "The reason is longer than 2000 characters")).At("reason")
	}
	return nil
}

func (e *Engine) act(tx *store.Tx, actor identity.Actor, c Command) (*Receipt, error) {
	d, err := e.take(tx, c.Case)
	if err != nil {
		return nil, err
	}
	d.witnessed = c.Drawn
	hats, err := e.hats(tx, actor)
	if err != nil {
		return nil, err
	}
	s := d.look(hats)
	if s.whole == hidden {
		return nil, errNotFound
	}
	if c.Part != "" && c.Record == "" {
		return e.start(tx, d, s, c)
	}
	r, err := d.reach(s, c.Record)
	if err != nil {
		return nil, err
	}
	if c.Revision != 0 && c.Revision != r.Revision {
		return nil, d.stale(e.namer(tx), s, r)
	}
	step := d.state(r).Step(c.Step)
	if step == nil {
		return nil, d.closed(r, c.Step)
	}
	who, err := d.who(s, r, step, c.Seat)
	if err != nil {
		return nil, err
	}
	if who.seat == "" { // policy has the words for why not
		_, err := policy.Decide(d.snap, policy.Intent{Record: r.ID, Step: c.Step, Seat: first(c.Seat, step.By...), Account: s.hats[0].actor.Account})
		if err == nil {
			err = d.notYours(r, step)
		}
		return nil, err
	}
	in := policy.Intent{Record: r.ID, Step: c.Step, Seat: who.seat, Account: who.actor.Account, Holder: who.holder, Reason: c.Reason}
	return e.decide(tx, d, who, in, step, c.Values)
}

func first(s string, list ...string) string {
	if s == "" && len(list) > 0 {
		return list[0]
	}
	return s
}

// find is the record that a command names, if it may be seen.
func (d *docket) find(s *sight, id string) (*policy.Record, error) {
	if id == "" {
		id = d.row.id
	}
	r := d.byID[id]
	if r == nil {
		return nil, errNotFound
	}
	if lv, _ := s.record(r.Record); lv == hidden {
		return nil, errNotFound
	}
	return r.Record, nil
}

// who finds the seat in which somebody may do a step, their own before one that was delegated to them, and of a step that all sign one
// that has not signed.
func (d *docket) who(s *sight, r *policy.Record, step *policy.Step, want string) (doer, error) {
	var found []doer
	for _, seat := range step.By {
		if want != "" && want != seat {
			continue
		}
		for _, h := range s.hats {
			if !h.covers(d.row.id, seat) {
				continue
			}
			for _, holder := range d.holders(r, seat) {
				if sits(h.actor, holder) {
					found = append(found, doer{actor: s.hats[0].actor, behalf: h.behalf, seat: seat, holder: holder})
				}
			}
		}
	}
	if len(found) == 0 {
		return doer{}, nil
	}
	best := slices.IndexFunc(found, func(w doer) bool { return !slices.Contains(r.Signed, w.seat) })
	return found[max(best, 0)], nil
}

// decide asks policy and carries out what follows.
func (e *Engine) decide(tx *store.Tx, d *docket, who doer, in policy.Intent, step *policy.Step, raw json.RawMessage) (*Receipt, error) {
	for act, asks := range map[string]bool{"sign": step.All, "apply": d.handsIn(in, step)} {
		if !asks {
			continue
		}
		if err := e.barred(tx, who.holder.Party, act, d.snap.Now); err != nil {
			return nil, d.ed.CiteLaw(err)
		}
	}
	values, err := e.read(tx, d, who, in, step, raw)
	if err != nil {
		return nil, err
	}
	in.Values = values
	asks := d.mech.Asks(step)
	if in.Record == "" {
		asks = append(asks, d.mech.AsksStart(in.Part)...)
	}
	if err := e.ask(tx, d, in, step.Fill, asks); err != nil {
		return nil, err
	}
	out, err := policy.Decide(d.snap, in)
	if err != nil {
		return nil, err
	}
	if who.behalf != "" {
		// The one who is stood in for must be as free to do this as the one who stands in: no rule that keeps two acts apart
		// is got round by lending out one's seat.
		other := in
		other.Account = who.behalf
		if _, err := policy.Decide(d.snap, other); err != nil {
			return nil, err
		}
	}
	r, err := e.carry(tx, d, who, in, out)
	return r, d.ed.CiteLaw(err)
}

// handsIn tells whether a step hands in what its party began of its own accord: a draft that was opened before a ban is no way round it.
// A case that another one started is a duty and goes on.
func (d *docket) handsIn(in policy.Intent, step *policy.Step) bool {
	return in.Record == d.row.id && d.mech.HandsIn(d.snap.Case.State, in.Seat, step) && len(d.steps) > 0 && d.steps[0].seat != starterSeat
}

// read makes values of what was typed: their structure here, the form's checks and the step's guards in policy.
func (e *Engine) read(tx *store.Tx, d *docket, who doer, in policy.Intent, step *policy.Step, raw json.RawMessage) (policy.Values, error) {
	form := d.mech.Form(step.Fill)
	if form == nil || len(raw) == 0 {
		return nil, nil
	}
	values, problems := form.DecodeForm(raw, nil)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if err := e.checkValues(tx, d, who, form, values); err != nil {
		return values, err
	}
	return values, e.anonymous(tx, d, in, who.holder.Party, form, values)
}

// start begins a new part, by the step that is given: until then what was typed is a draft and no part exists.
func (e *Engine) start(tx *store.Tx, d *docket, s *sight, c Command) (*Receipt, error) {
	m := d.mech.Part(c.Part)
	if m == nil || m.Starts == nil || m.Starts.By == "" {
		return nil, errNotFound
	}
	step := m.Initial().Step(c.Step)
	if step == nil {
		return nil, refusal.New(refusal.Closed, "casework.no_step", lang.T("「"+m.Title.ZH+"」不能从这一步开始", m.Title.EN+" does not begin with this step"))
	}
	if c.Parent != "" {
		if _, err := d.find(s, c.Parent); err != nil {
			return nil, err
		}
	}
	party, behalf, err := starter(s.hats, m, c.Party, d.row.id)
	if err != nil {
		return nil, err
	}
	who := doer{actor: s.hats[0].actor, behalf: behalf, seat: m.Starts.By, holder: policy.Holder{Party: party}}
	return e.begin(tx, d, m, who, c, step)
}

func (e *Engine) begin(tx *store.Tx, d *docket, m *policy.Machine, who doer, c Command, step *policy.Step) (*Receipt, error) {
	// Who sits in an open case cannot be deleted (Busy); who comes new could have been.
	if err := e.alive(tx, who.holder.Party); err != nil {
		return nil, err
	}
	if !m.Starts.DespiteBans {
		if err := e.barred(tx, who.holder.Party, "apply", d.snap.Now); err != nil {
			return nil, d.ed.CiteLaw(err)
		}
	}
	in := policy.Intent{Part: m.Name, Parent: c.Parent, Step: c.Step, Seat: who.seat, Account: who.actor.Account, Holder: who.holder, Reason: c.Reason}
	r, err := e.decide(tx, d, who, in, step, c.Values)
	if refusal.Is(err, "seat.apart") { // the register knows why
		if why := e.apart(tx, d, m, nil, who.seat, who.holder); why != nil {
			err = why
		}
	}
	return r, err
}

// starter chooses the party that starts a part or opens a case: the one that is asked for, or the only one that may.
func starter(hats []hat, m *policy.Machine, want, in string) (party, behalf string, err error) {
	var seat *policy.Seat
	for _, s := range m.Seats {
		if s.Name == m.Starts.By {
			seat = s
		}
	}
	if seat == nil {
		return "", "", fmt.Errorf("casework: part %s starts by a seat that it has not", m.Name)
	}
	return choose(hats, seat, want, in)
}

func choose(hats []hat, seat *policy.Seat, want, in string) (party, behalf string, err error) {
	type one struct{ party, behalf string }
	var can []one
	for _, h := range hats {
		if !h.covers(in, seat.Name) {
			continue
		}
		for _, p := range SitsAs(h.actor, seat) {
			can = append(can, one{p.Party, h.behalf})
		}
	}
	if want == "" && len(can) == 1 {
		return can[0].party, can[0].behalf, nil
	}
	for _, c := range can {
		if c.party == want {
			return c.party, c.behalf, nil
		}
	}
	if len(can) == 0 || want != "" {
		return "", "", refusal.New(refusal.Forbidden, "casework.not_for_you", lang.T(
			"您的账号不代表可以担任“"+seat.Title.ZH+"”的主体", "Your account acts for nobody who may be "+seat.Title.EN)).
			Mend(lang.T("请由该主体的账号办理，或请其管理员为您添加权限", "Use an account of that party, or ask its owner to add you"))
	}
	return "", "", refusal.New(refusal.Invalid, "casework.which_party", lang.T(
		"您代表多个主体，请选择以哪一个的名义办理", "You act for several parties; say for which")).At("party")
}

// SitsAs is as whom an account could take a party's seat: the person that it is, and the organisations that it acts for.
func SitsAs(actor identity.Actor, seat *policy.Seat) (can []identity.Member) {
	if actor.Person != "" && seat.Takes("person") {
		can = append(can, identity.Member{Party: actor.Person, Name: actor.Name, Kind: "person"})
	}
	for _, p := range actor.Parties {
		if seat.Takes(p.Kind) {
			can = append(can, p)
		}
	}
	return can
}
