package demo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
)

// event is something that happens so many days before today.
type event struct {
	ago int
	do  func() error
}

// stories plays every case on one line of time: the events of all of them in order, deadlines running in between as they would.
func (b *builder) stories() error {
	var events []event
	for _, tell := range slices.Concat(tales, panelTales, asked) {
		s := &story{b: b, tale: tell}
		tell.play(s)
		events = append(events, s.events...)
	}
	slices.SortStableFunc(events, func(x, y event) int { return cmp.Compare(y.ago, x.ago) })
	for i, e := range events {
		if i == 0 || e.ago != events[i-1].ago {
			b.on(e.ago)
			if _, err := b.Cases.Tick(b.ctx); err != nil {
				return err
			}
		}
		if err := e.do(); err != nil {
			return err
		}
	}
	b.clock.Store(b.Now().UnixMicro())
	_, err := b.Cases.Tick(b.ctx)
	return err
}

// on sets the clock to the morning of a day, or to now where that is still to come today.
func (b *builder) on(ago int) {
	t := b.today().AddDays(-ago).Start().Add(9 * time.Hour)
	if now := b.Now(); t.After(now) {
		t = now
	}
	b.clock.Store(max(t.UnixMicro(), b.clock.Load()))
}

func (b *builder) today() caldate.Date { return caldate.On(b.Now()) }

// tale is one case as it is told: who posts, in which district, about what, and how far it goes.
type tale struct {
	name     string // of its idempotency keys
	poster   string // login
	district string // login
	need     need
	play     func(*story)

	mechanism string // of the case; 揭榜挂帅 where it is empty
	critic    bool   // one expert gives one bid far less than the others do
}

// story is one case as it is played.
type story struct {
	tale
	b      *builder
	events []event
	id     string            // of the case
	bids   map[string]string // login of the bidder → record
	count  int               // of acts, for the keys
}

// values is a filled form.
type values map[string]any

// when adds an event.
func (s *story) when(ago int, do func() error) { s.events = append(s.events, event{ago, do}) }

// date is a day so many days before today.
func (s *story) date(ago int) caldate.Date { return s.b.today().AddDays(-ago) }

// act does a step on the case.
func (s *story) act(login, step string, v values) error {
	_, err := s.send(login, casework.Command{Step: step}, v)
	return err
}

// say does a step that asks for a reason.
func (s *story) say(login, step, reason string) error {
	_, err := s.send(login, casework.Command{Step: step, Reason: reason}, nil)
	return err
}

// on does a step on a part.
func (s *story) on(login, record, step string, v values) error {
	_, err := s.send(login, casework.Command{Record: record, Step: step}, v)
	return err
}

// send fills in who, where and the key. Keys count the acts of a case, which are the same in every build.
func (s *story) send(login string, c casework.Command, v values) (*casework.Receipt, error) {
	who, ok := s.b.actors[login]
	if !ok {
		return nil, fmt.Errorf("%s: no account %s", s.name, login)
	}
	if v != nil {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		c.Values = raw
	}
	s.count++
	c.Case, c.Key = s.id, fmt.Sprintf("demo-%s-%s-%d", s.name, login, s.count)
	s.b.later()
	r, err := s.b.Cases.Act(s.b.ctx, who, c)
	if err != nil {
		return nil, fmt.Errorf("%s: %s %s %s: %w", s.name, login, c.Part, c.Step, err)
	}
	return r, nil
}

// open opens the case.
func (s *story) open() error {
	r, err := s.b.Cases.Open(s.b.ctx, s.b.actors[s.poster], casework.OpenCommand{Mechanism: cmp.Or(s.mechanism, "jiebang"), Key: "demo-" + s.name + "-open"})
	if err != nil {
		return fmt.Errorf("%s: open: %w", s.name, err)
	}
	s.id, s.bids = r.Case, map[string]string{}
	return nil
}

// paper uploads a file of an account's and gives it as a form names it. A value that cannot be uploaded shows as an error at its step.
func (s *story) paper(login, name string) any {
	doc, err := s.b.Cases.PutDocument(s.b.ctx, s.b.actors[login], name+"（示例）.txt", strings.NewReader("示例文件："+name+"\n事项："+s.need.title+"\n提交："+login+"\n本文件为虚构样例，不具任何效力。\n"))
	if err != nil {
		return err.Error()
	}
	return doc
}

// records are the parts of a kind that somebody sees in one of the states; any state where none is given.
func (s *story) records(login, part string, states ...string) ([]casework.RecordView, error) {
	v, err := s.b.Cases.View(s.b.ctx, s.b.actors[login], s.id)
	if err != nil {
		return nil, fmt.Errorf("%s: %s looks: %w", s.name, login, err)
	}
	var list []casework.RecordView
	for _, p := range v.Parts {
		for _, r := range p.Records {
			if p.Name == part && (len(states) == 0 || slices.Contains(states, r.State.Name)) {
				list = append(list, r)
			}
		}
	}
	return list, nil
}
