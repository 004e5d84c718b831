package policy_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// askValues is a filled application.
func askValues(t testing.TB, sc *policy.Scope) policy.Values {
	t.Helper()
	v, no := sc.Snapshot.Mechanism.Form("ask").DecodeForm([]byte(goodAsk), sc)
	if len(no) > 0 {
		t.Fatal(no)
	}
	return v
}

// standing is the case of asked, standing somewhere else.
func standing(t testing.TB, state string) *policy.Snapshot {
	t.Helper()
	sc := asked(t)
	s := sc.Snapshot
	s.Case.Forms = map[string]policy.Values{"ask": askValues(t, sc)}
	s.Case.State, s.Case.Since = state, s.Now
	return s
}

func offer(id, party, state string, price money.Fen, skill int64) *policy.Record {
	return &policy.Record{ID: id, Part: "offers", Parent: "case", Number: int(id[1] - '0'), State: state, Seats: map[string][]policy.Holder{"offerer": {{Party: party}}},
		Forms: map[string]policy.Values{"offer": {"price": price, "skill": skill}}}
}

func opinion(id, bid string, score policy.Decimal) *policy.Record {
	return &policy.Record{ID: id, Part: "opinions", Parent: bid, State: "locked", Seats: map[string][]policy.Holder{"expert": {{Party: "专家" + id}}},
		Forms: map[string]policy.Values{"opinion": {"score": score}}}
}

var officer = policy.Intent{Record: "case", Seat: "officer", Account: "张三", Holder: policy.Holder{Office: "bureau.desk"}}

func by(in policy.Intent, step string) policy.Intent { in.Step = step; return in }

// TestDecideMoves: the first act of all, with the deadline of what comes next in working days, over a holiday.
func TestDecideMoves(t *testing.T) {
	t.Parallel()
	sc := asked(t)
	s := sc.Snapshot
	s.Now = caldate.Date("2025-04-28").Start().Add(10 * time.Hour) // a Monday; 1, 2 and 5 May are off
	in := policy.Intent{Record: "case", Step: "submit", Seat: "asker", Account: "甲", Holder: policy.Holder{Party: "甲厂"}, Values: askValues(t, sc)}
	out, err := policy.Decide(s, in)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Moves) != 1 || len(out.Fills) != 1 {
		t.Fatalf("%+v", out)
	}
	m := out.Moves[0]
	if m.From != "draft" || m.To != "submitted" || m.Step != "submit" || m.End || !m.Since.Equal(s.Now) {
		t.Errorf("the move is %+v", m)
	}
	if want := caldate.Date("2025-05-08").End(); !m.Due.Equal(want) { // 29, 30 April, 6, 7, 8 May
		t.Errorf("due %s, want %s", m.Due, want)
	}
}

// TestDecideRefuses is illegal intents: each is a refusal that names what is wrong.
func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	asker := policy.Intent{Record: "case", Seat: "asker", Account: "甲", Holder: policy.Holder{Party: "甲厂"}}
	for _, c := range []struct {
		name  string
		state string
		in    policy.Intent
		on    func(*policy.Snapshot, *policy.Intent)
		id    string
	}{
		{"ended", "done", by(asker, "submit"), nil, "case.ended"},
		{"not here", "submitted", by(asker, "submit"), nil, "step.not_here"},
		{"no such step", "draft", by(asker, "fly"), nil, "step.not_here"},
		{"no such record", "draft", policy.Intent{Record: "x", Step: "submit", Seat: "asker"}, nil, "record.unknown"},
		{"wrong seat", "submitted", by(asker, "receive"), nil, "step.seat"},
		{"clock's seat", "draft", policy.Intent{Record: "case", Step: "submit", Seat: policy.ClockSeat}, nil, "step.seat"},
		{"somebody else", "draft", by(asker, "submit"), func(_ *policy.Snapshot, in *policy.Intent) { in.Holder.Party = "乙厂" }, "seat.holder"},
		{"another district", "submitted", policy.Intent{Record: "case", Step: "receive", Seat: "district", Holder: policy.Holder{Office: "district/210113"}}, nil, "seat.holder"},
		{"no form", "draft", by(asker, "submit"), nil, "form.missing"},
		{"an incomplete form", "draft", by(asker, "submit"), func(_ *policy.Snapshot, in *policy.Intent) { in.Values = policy.Values{"title": "事"} }, "form.missing"},
		{"a value of another type", "draft", by(asker, "submit"), func(s *policy.Snapshot, in *policy.Intent) {
			in.Values = policy.Values{"title": int64(7)}
		}, "form.bad_value"},
		{"a guard", "draft", by(asker, "submit"), func(s *policy.Snapshot, in *policy.Intent) {
			in.Values = s.Case.Forms["ask"]
			s.Asked["asker.in_city"] = false
		}, "rule.aid.submit.1"},
		{"no reason", "submitted", policy.Intent{Record: "case", Step: "send_back", Seat: "district", Holder: policy.Holder{Office: "district/210112"}, Reason: "  "}, nil, "reason.missing"},
		{"too early", "draft", policy.Intent{Record: "case", Step: policy.ClockStep, Seat: policy.ClockSeat}, nil, "deadline.not_due"},
		{"a deadline by a person", "draft", policy.Intent{Record: "case", Step: policy.ClockStep, Seat: "asker"}, nil, "step.seat"},
		{"a part out of its time", "draft", policy.Intent{Part: "offers", Step: "hand_in", Seat: "offerer", Holder: policy.Holder{Party: "乙所"}}, nil, "part.while"},
		{"a part that cannot be started", "running", policy.Intent{Part: "steps", Seat: "officer"}, nil, "part.not_startable"},
		{"related", "open", policy.Intent{Part: "offers", Seat: "offerer", Holder: policy.Holder{Party: "乙所"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Asked["offerer.related_to(asker)"] = true
		}, "seat.apart"},
		{"the same party", "open", policy.Intent{Part: "offers", Seat: "offerer", Holder: policy.Holder{Party: "甲厂"}}, nil, "seat.apart"},
		{"nobody", "open", policy.Intent{Part: "offers", Seat: "offerer"}, nil, "seat.holder"},
		{"one too many", "open", policy.Intent{Part: "offers", Seat: "offerer", Holder: policy.Holder{Party: "乙所"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Parts = []*policy.Record{offer("o1", "乙所", "handed", 1, 1)}
		}, "part.limit"},
		{"a part's step when the case has gone on", "judging", policy.Intent{Record: "o1", Step: "take_back", Seat: "offerer", Holder: policy.Holder{Party: "乙所"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Parts = []*policy.Record{offer("o1", "乙所", "handed", 1, 1)}
		}, "step.while"},
		{"an ended part", "open", policy.Intent{Record: "o1", Step: "take_back", Seat: "offerer", Holder: policy.Holder{Party: "乙所"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Parts = []*policy.Record{offer("o1", "乙所", "withdrawn", 1, 1)}
		}, "record.ended"},
		{"nothing to rank", "judging", by(officer, "rank"), nil, "rule.aid.rank.1"},
		{"two acts kept separate", "decided", policy.Intent{Record: "case", Step: "approve", Seat: "leader", Account: "张三", Holder: policy.Holder{Office: "bureau.leaders"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Acts = []policy.Act{{Record: "case", State: "judging", Step: "rank", Seat: "officer", Account: "张三"}}
		}, "rule.separate"},
		{"a pot that has too little", "running", policy.Intent{Record: "s1", Step: "pay", Seat: "officer", Holder: policy.Holder{Office: "bureau.desk"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
			s.Pots["grant"] = policy.Pot{Fund: "city", Held: 9}
			s.Parts = []*policy.Record{{ID: "s1", Part: "steps", Parent: "case", State: "running", Forms: map[string]policy.Values{"steps": {"amount": money.Fen(10)}}}}
		}, "pot.short"},
		{"nobody to be paid", "running", policy.Intent{Record: "s1", Step: "pay", Seat: "officer", Holder: policy.Holder{Office: "bureau.desk"}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Pots["grant"] = policy.Pot{Fund: "city", Held: 90}
			s.Parts = []*policy.Record{{ID: "s1", Part: "steps", Parent: "case", State: "running", Forms: map[string]policy.Values{"steps": {"amount": money.Fen(10)}}}}
		}, "seat.not_one"},
		{"more than was paid", "stopping", policy.Intent{Record: "case", Step: "recover", Seat: "leader", Holder: policy.Holder{Office: "bureau.leaders"}, Values: policy.Values{"amount": money.Fen(50)}}, func(s *policy.Snapshot, _ *policy.Intent) {
			s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
			s.Pots["grant"] = policy.Pot{Fund: "city", Paid: map[string]money.Fen{"乙所": 40}}
		}, "debt.more"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := standing(t, c.state)
			in := c.in
			if c.on != nil {
				c.on(s, &in)
			}
			out, err := policy.Decide(s, in)
			if err == nil {
				t.Fatalf("it was done: %+v", out)
			}
			if !refusal.Is(err, c.id) {
				t.Errorf("got %v (%+v), want %s", err, refusal.Of(err), c.id)
			}
			for _, r := range refusal.Of(err) {
				if r.Text.ZH == "" || r.Text.EN == "" {
					t.Errorf("an incomplete refusal: %+v", r)
				}
			}
		})
	}
}

// TestSeparateNamesTheWayOut: the refusal says which act was done, and another person may do this one.
func TestSeparateNamesTheWayOut(t *testing.T) {
	t.Parallel()
	s := standing(t, "decided")
	s.Case.Forms[policy.Ranking] = policy.Values{}
	s.Acts = []policy.Act{{Record: "case", State: "judging", Step: "rank", Seat: "officer", Account: "张三"}}
	in := policy.Intent{Record: "case", Step: "approve", Seat: "leader", Account: "张三", Holder: policy.Holder{Office: "bureau.leaders"}}
	_, err := policy.Decide(s, in)
	if err == nil || !strings.Contains(err.Error(), "您已办理“排序”") || !strings.Contains(err.Error(), "其他人员") {
		t.Errorf("got %v", err)
	}
	in.Account = "李四"
	if _, err := policy.Decide(s, in); err != nil {
		t.Errorf("somebody else may: %v", err)
	}
}

// TestJointSigning: the first fills, others sign the same, other values begin anew, and the last one moves the case.
func TestJointSigning(t *testing.T) {
	t.Parallel()
	s := standing(t, "signing")
	s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
	s.Pack.Funds["city"].Public = true
	for _, k := range []string{"deal.tester.related_to(asker)", "deal.tester.related_to(winner)"} {
		s.Asked[k] = false
	}
	deal := policy.Values{"grant": 50 * money.Wan, "tester": "检测所", "due": caldate.Date("2025-12-01"),
		"steps": []policy.Values{{"amount": 20 * money.Wan, "by": caldate.Date("2025-06-30")}, {"amount": 30 * money.Wan, "by": caldate.Date("2025-09-30")}}}
	sign := func(seat, account string, h policy.Holder, v policy.Values) (*policy.Outcome, error) {
		out, err := policy.Decide(s, policy.Intent{Record: "case", Step: "sign", Seat: seat, Account: account, Holder: h, Values: v})
		if err == nil && len(out.Pending) > 0 {
			if len(out.Moves) > 0 || len(out.Actions) > 0 {
				t.Errorf("a signature has moved the case: %+v", out)
			}
			s.Case.Signed, s.Case.Joint = out.Pending, &policy.Joint{Step: "sign", Values: out.Fills[0].Values}
			s.Acts = append(s.Acts, policy.Act{Record: "case", State: "signing", Step: "sign", Seat: seat, Account: account, At: s.Now})
		}
		return out, err
	}
	if out, err := sign("asker", "甲", policy.Holder{Party: "甲厂"}, deal); err != nil || fmt.Sprint(out.Pending) != "[asker]" {
		t.Fatal(out, err)
	}
	if _, err := sign("asker", "甲", policy.Holder{Party: "甲厂"}, nil); !refusal.Is(err, "joint.signed") && !refusal.Is(err, "joint.same_person") {
		t.Errorf("signing twice: %v", err)
	}
	if _, err := sign("winner", "甲", policy.Holder{Party: "乙所"}, nil); !refusal.Is(err, "joint.same_person") {
		t.Errorf("one person signs for two: %v", err)
	}
	kept := []any{s.Case.Signed, s.Case.Joint, s.Acts}
	s.Seats["winner"] = s.Seats["asker"] // one party in both seats: whoever signs for it signs for both
	if out, err := sign("winner", "甲", policy.Holder{Party: "甲厂"}, nil); err != nil || len(out.Pending) != 2 {
		t.Errorf("one party in two seats: %+v %v", out, err)
	}
	s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
	s.Case.Signed, s.Case.Joint, s.Acts = kept[0].([]string), kept[1].(*policy.Joint), kept[2].([]policy.Act)
	other := policy.Values{}
	for k, v := range deal {
		other[k] = v
	}
	other["due"] = caldate.Date("2025-11-01")
	if out, err := sign("winner", "乙", policy.Holder{Party: "乙所"}, other); err != nil || fmt.Sprint(out.Pending) != "[winner]" {
		t.Fatalf("other values begin anew: %+v %v", out, err)
	}
	if out, err := sign("asker", "甲", policy.Holder{Party: "甲厂"}, nil); err != nil || len(out.Pending) != 2 {
		t.Fatal(out, err)
	}
	out, err := sign("officer", "张三", policy.Holder{Office: "bureau.desk"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Pending) != 0 || len(out.Opened) != 2 || out.Fills[0].Values["due"] != caldate.Date("2025-11-01") {
		t.Fatalf("%+v", out)
	}
	want := []policy.Action{policy.HoldMoney{Fund: "city", Pot: "grant", Amount: 50 * money.Wan}, policy.TakeSeat{Seat: "tester", Holder: policy.Holder{Party: "检测所"}}}
	for i, a := range want {
		if !reflect.DeepEqual(out.Actions[i], a) {
			t.Errorf("action %d is %+v, want %+v", i, out.Actions[i], a)
		}
	}
	if due := out.Opened[0].Due; !due.Equal(caldate.Date("2025-06-30").End()) {
		t.Errorf("the first step is due %s: the end of the day that its row names", due)
	}
	if n, ok := out.Actions[len(out.Actions)-1].(policy.NotifySeats); !ok || n.Text.ZH != "已签约,资助 50万元" {
		t.Errorf("the message is %+v", out.Actions[len(out.Actions)-1])
	}
}

// TestChoose: by mean score, then skill, then the earlier; the ranking is a form, and the best one sits as the winner.
func TestChoose(t *testing.T) {
	t.Parallel()
	s := standing(t, "judging")
	s.Parts = []*policy.Record{offer("o1", "乙所", "handed", 1, 5), offer("o2", "丙校", "handed", 1, 7), offer("o3", "丁所", "handed", 1, 7), offer("o4", "戊所", "withdrawn", 1, 99),
		opinion("a", "o1", 80_000_000), opinion("b", "o1", 90_000_000), opinion("c", "o2", 85_000_000), opinion("d", "o3", 85_000_000)}
	s.Acts = []policy.Act{{Record: "o2", Step: "hand_in", Seat: "offerer", At: s.Now.Add(2 * time.Hour)}, {Record: "o3", Step: "hand_in", Seat: "offerer", At: s.Now.Add(time.Hour)}}
	out, err := policy.Decide(s, by(officer, "rank"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Case.State != "judging" || len(s.Seats["winner"]) != 0 || s.Parts[0].State != "handed" {
		t.Error("the snapshot was changed")
	}
	var order []string
	for _, row := range out.Fills[0].Values["rows"].([]policy.Values) {
		order = append(order, fmt.Sprint(row["party"], row["score"], row["chosen"]))
	}
	if got := strings.Join(order, " "); got != "丁所85 true 丙校85 false 乙所85 false" {
		t.Errorf("the ranking is %s", got)
	}
	moves := map[string]string{}
	for _, m := range out.Moves {
		moves[m.Record] = m.To
	}
	if fmt.Sprint(moves) != "map[a:over b:over c:over case:decided o1:lost o2:lost o3:best]" {
		t.Errorf("the moves are %v", moves)
	}
	if !reflect.DeepEqual(out.Actions, []policy.Action{policy.TakeSeat{Seat: "winner", Holder: policy.Holder{Party: "丁所"}}}) {
		t.Errorf("the actions are %+v", out.Actions)
	}
}

// TestEndClosesParts: when the case ends, what is unfinished ends with it; what has ended stays.
func TestEndClosesParts(t *testing.T) {
	t.Parallel()
	s := standing(t, "open")
	s.Parts = []*policy.Record{offer("o1", "乙所", "withdrawn", 1, 5), offer("o2", "丙校", "writing", 1, 7), opinion("a", "o2", 1)}
	s.Case.Due = s.Now
	out, err := policy.Decide(s, policy.Intent{Record: "case", Step: policy.ClockStep, Seat: policy.ClockSeat})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range out.Moves {
		got = append(got, m.Record+":"+m.To)
	}
	if fmt.Sprint(got) != "[case:withdrawn o2:lost a:over]" {
		t.Errorf("the moves are %v", got)
	}
}

// TestStayingKeepsTheClock: a step that stays does not prolong the deadline, and a reminder counts anew from now.
func TestStayingKeepsTheClock(t *testing.T) {
	t.Parallel()
	s := standing(t, "judging")
	began := s.Now
	s.Now = s.Now.AddDate(0, 0, 10)
	s.Case.Forms["ask"]["chain"] = "C1"
	out, err := policy.Decide(s, by(officer, "draw"))
	if err != nil {
		t.Fatal(err)
	}
	if m := out.Moves[0]; !m.Since.Equal(began) || !m.Due.Equal(s.Pack.Calendar.AddWorkdays(caldate.On(began), 30).End()) {
		t.Errorf("the move is %+v", m)
	}
	if d, ok := out.Actions[0].(policy.DrawPanel); !ok || d.Count != 3 || d.Field != "C1" || len(d.Apart) != 1 || d.Apart[0].Party != "甲厂" {
		t.Errorf("the draw is %+v", out.Actions[0])
	}
	s = standing(t, "submitted")
	s.Case.Due = s.Now
	out, err = policy.Decide(s, policy.Intent{Record: "case", Step: policy.ClockStep, Seat: policy.ClockSeat})
	if err != nil || out.Escalate != "leader" || !out.Moves[0].Due.Equal(s.Pack.Calendar.AddWorkdays(caldate.On(s.Now), 5).End()) {
		t.Errorf("the reminder is %+v %v", out, err)
	}
}

// TestAmend: the filled fields of one form go over those of another; a date that moves moves the deadline.
func TestAmend(t *testing.T) {
	t.Parallel()
	s := standing(t, "running")
	s.Case.Forms["deal"] = policy.Values{"due": caldate.Date("2025-12-01"), "grant": money.Fen(5)}
	s.Parts = []*policy.Record{{ID: "s1", Part: "steps", Parent: "case", State: "running", Since: s.Now, Forms: map[string]policy.Values{"steps": {"amount": money.Fen(5), "by": caldate.Date("2025-06-30")}}}}
	out, err := policy.Decide(s, policy.Intent{Record: "s1", Step: "extend", Seat: "officer", Holder: officer.Holder, Values: policy.Values{"due": caldate.Date("2026-01-31")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := out.Fills[1]; got.Record != "case" || got.Form != "deal" || got.Values["due"] != caldate.Date("2026-01-31") || got.Values["grant"] != money.Fen(5) {
		t.Errorf("the amended form is %+v", got)
	}
	last := out.Moves[len(out.Moves)-1]
	if last.Record != "case" || last.From != "running" || last.To != "running" || !last.Due.Equal(caldate.Date("2026-01-31").End()) {
		t.Errorf("the case's own deadline stands at the amended date, but it is %+v", last)
	}
	if s.Case.Forms["deal"]["due"] != caldate.Date("2025-12-01") {
		t.Error("the snapshot's own form was changed")
	}
}

// TestAsks: what must be looked up before a step, and no more.
func TestAsks(t *testing.T) {
	t.Parallel()
	m := load(t).Mechanism("aid")
	paths := func(list []policy.Ask) string {
		var out []string
		for _, a := range list {
			out = append(out, a.Path())
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ got, want string }{
		{paths(m.Asks(m.Case.State("draft").Step("submit"))), "asker.in_city"},
		{paths(m.Asks(m.Case.State("signing").Step("sign"))), "asker.granted_this_year deal.tester.related_to(asker) deal.tester.related_to(winner)"},
		{paths(m.Asks(m.Part("invites").State("asked").Step("accept"))), "guest.related_to(asker) guest.related_to(offers.offerer)"},
		{paths(m.AsksStart("offers")), "offerer.related_to(asker)"},
		{paths(m.AsksStart("steps")), ""},
		{paths(m.AsksDeadline(m.Case.State("open").Deadline)), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestNotAsked: a question that was not looked up is a fault and never a yes.
func TestNotAsked(t *testing.T) {
	t.Parallel()
	s := standing(t, "draft")
	s.Asked = nil
	in := policy.Intent{Record: "case", Step: "submit", Seat: "asker", Holder: policy.Holder{Party: "甲厂"}, Values: s.Case.Forms["ask"]}
	if _, err := policy.Decide(s, in); err == nil || refusal.Of(err) != nil {
		t.Errorf("got %v", err)
	}
}

// TestOptions: only the seats that somebody holds, with what stands against each step before the form is filled.
func TestOptions(t *testing.T) {
	t.Parallel()
	s := standing(t, "running")
	s.Case.Forms["deal"] = policy.Values{"grant": 50 * money.Wan, "due": caldate.Date("2025-12-01")}
	s.Parts = []*policy.Record{{ID: "s1", Part: "steps", Parent: "case", State: "running", Forms: map[string]policy.Values{"steps": {"amount": 10 * money.Wan}}}}
	list := policy.Options(s, policy.Who{Account: "张三", Holds: func(h policy.Holder) bool { return h.Office == "bureau.desk" }})
	got := map[string]policy.Option{}
	for _, o := range list {
		got[o.Step.Name] = o
	}
	if len(list) != 3 || got["stop"].Step != nil {
		t.Fatalf("%+v", list)
	}
	if o := got["finish"]; len(o.Refused) != 1 || !strings.Contains(o.Refused[0].Error(), "还有 1 期没有付") {
		t.Errorf("finish: %+v", o.Refused)
	}
	if o := got["pay"]; len(o.Refused) != 0 || o.Tells.ZH != "拨付 10万元" || o.Tells.EN != "Pays 100,000 yuan" {
		t.Errorf("pay: %+v", o)
	}
	s = standing(t, "signing")
	s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
	list = policy.Options(s, policy.Who{Account: "乙", Holds: func(h policy.Holder) bool { return h.Party == "乙所" }})
	if len(list) != 1 || list[0].Tells.ZH != "冻结 …,上限 300万元" || list[0].Form.Name != "deal" {
		t.Errorf("%+v", list)
	}
	s = standing(t, "open")
	list = policy.Options(s, policy.Who{Account: "乙", Holds: func(policy.Holder) bool { return false }, Parties: []policy.Holder{{Party: "乙所"}, {Party: "甲厂"}}})
	if len(list) != 1 || list[0].Part != "offers" || list[0].Record != "" || list[0].Holder.Party != "乙所" || list[0].Step.Name != "hand_in" {
		t.Errorf("%+v", list)
	}
}

// TestOptionsBeforeAThingIsChosen: what the step's own form chooses is no reason against it before the form is filled.
func TestOptionsBeforeAThingIsChosen(t *testing.T) {
	t.Parallel()
	p := load(t)
	s := &policy.Snapshot{Pack: p, Mechanism: p.Mechanism("licence"), Now: caldate.Date("2025-03-03").Start(),
		Seats: map[string][]policy.Holder{"licensor": {{Party: "甲厂"}}}, Pots: map[string]policy.Pot{}, Asked: map[string]policy.Value{"patent.status": ""}}
	s.Case = policy.NewRecord(s, "", "", nil, nil)
	s.Case.ID = "case"
	list := policy.Options(s, policy.Who{Account: "甲", Holds: func(h policy.Holder) bool { return h.Party == "甲厂" }})
	if len(list) != 1 || list[0].Step.Name != "submit" || len(list[0].Refused) != 0 {
		t.Errorf("%+v", list)
	}
}

func BenchmarkDecide(b *testing.B) {
	sc := asked(b)
	in := policy.Intent{Record: "case", Step: "submit", Seat: "asker", Account: "甲", Holder: policy.Holder{Party: "甲厂"}, Values: askValues(b, sc)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := policy.Decide(sc.Snapshot, in); err != nil {
			b.Fatal(err)
		}
	}
}
