// Package demo builds the small reference city that `kechuang serve --demo` shows: about thirty parties, a dozen experts, accounts for
// everyone who takes part, a budget, and cases of 揭榜挂帅 in different states.
//
//	made, err := demo.Build(ctx, demo.City{DB: db, People: people, Register: reg, Cases: engine, Now: time.Now})
//
// Everything in it is made up and says so (register.Party.Synthetic); the few real names are those of public institutions that the
// project's own documents name, and nothing is claimed of them but that they exist. Enterprises are called 某: no such firm is meant.
//
// Grow makes it the city at its full size: some 40 000 records that the keeper of the register imports (grow.go), so that every published
// figure of the reference table is what records come to. What has no public record is made up and says so in its name (示例).
//
// It is built through the doors that a user goes through — register.Put, identity.CreateAccount and UseLink, casework.Open, Act and
// Appropriate — so that whatever the demo shows, the real thing allows. Only the clock is the demo's: it starts months ago and
// is moved from day to day, deadlines running as they would, until it is today.
//
// A city that is complete is left as it is. One whose building was broken off is not gone on with: the tales look at the cases as they go
// and move the clock, so that played again over cases that are further on already they would find something else. It is refused as ErrHalf;
// who can, builds aside and puts the city in its place when it is complete, as kechuang serve does with a file.
// What was built is the same every time but for identifiers and who was drawn into panels.
package demo

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// City is the rooms that are furnished.
type City struct {
	DB       *store.DB
	People   *identity.Service
	Register *register.Register
	Cases    *casework.Engine
	Now      func() time.Time
}

// ErrOccupied says that the database holds a city of somebody's own, which the demo does not touch.
var ErrOccupied = errors.New("demo: this database holds records that the demo did not make; start without --demo, or on another database")

// ErrHalf says that the building of the city was broken off in this database.
var ErrHalf = errors.New("demo: 上次建立参考城市时被中断，本库只有一半内容；请删除这个数据库（文件及其 -wal、-shm，或 PostgreSQL 的模式）后重新启动 / the building of the reference city was broken off and this database holds half of it; delete the database (the file with its -wal and -shm, or the schema) and start again")

// keeper writes the register for the builder, as its keeper would.
var keeper = identity.Actor{Account: "demo", Name: "示例数据", Roles: []string{identity.RoleRegister}}

// Build furnishes an empty city. made is false where it was complete already.
func Build(ctx context.Context, c City) (made bool, err error) {
	state, err := c.state(ctx)
	if err != nil || state == complete {
		return false, err
	}
	switch state {
	case foreign:
		return false, ErrOccupied
	case partial:
		return false, ErrHalf
	}
	b := &builder{ctx: ctx, City: c, actors: map[string]identity.Actor{}}
	b.clock.Store(c.Now().UnixMicro())
	c.DB.SetClock(func() time.Time { return time.UnixMicro(b.clock.Load()) })
	defer c.DB.SetClock(nil)
	b.first = caldate.On(c.Now()).AddDays(-span)
	b.clock.Store(past.Start().Add(9 * time.Hour).UnixMicro())
	for _, do := range []func() error{b.parties, b.ties, b.accounts, b.budget, b.history, b.chains, b.bases, b.stories, b.finish} {
		if err := do(); err != nil {
			return false, fmt.Errorf("demo: %w", err)
		}
	}
	return true, nil
}

// past is the day on which the city's first records are made and the first case is opened.
const past = caldate.Date("2025-04-08")

// span is how many days ago the first case was opened.
const span = 330

type state int

const (
	empty state = iota
	partial
	complete
	foreign
)

// The first party that is written, and the last.
const (
	firstParty = "party_demokeji"
	lastParty  = "party_democomplete"
)

// state tells whether the city is there.
func (c City) state(ctx context.Context) (s state, err error) {
	err = c.DB.Read(ctx, func(tx *store.Tx) error {
		s = empty
		if _, _, done, err := c.Register.Named(tx, lastParty); err != nil || done {
			s = complete
			return err
		}
		if _, _, begun, err := c.Register.Named(tx, firstParty); err != nil || begun {
			s = partial
			return err
		}
		return nil
	})
	if err != nil || s != empty {
		return s, err
	}
	list, _, err := c.Register.Search(ctx, "", "", "", 1)
	if len(list) > 0 {
		s = foreign
	}
	return s, err
}

// builder is one run of Build.
type builder struct {
	City
	ctx    context.Context
	first  caldate.Date // day 0
	clock  atomic.Int64 // what the database reads as now, in microseconds
	actors map[string]identity.Actor
	scheme string // the record by which the university's people are evaluated
}

// later lets some minutes pass, so that no two acts are at the same time; never beyond the real now.
func (b *builder) later() {
	next := time.UnixMicro(b.clock.Load()).Add(7 * time.Minute)
	if now := b.Now(); next.After(now) {
		next = now
	}
	b.clock.Store(next.UnixMicro())
}

// finish writes the mark that the city is complete.
func (b *builder) finish() error {
	return b.put(register.Party{ID: lastParty, Kind: register.Other, Name: "示例数据说明：本库全部记录均为虚构", Synthetic: true})
}

// put enters a party unless it is there.
func (b *builder) put(p register.Party) error {
	return b.DB.Write(b.ctx, func(tx *store.Tx) error {
		if _, _, there, err := b.Register.Named(tx, p.ID); err != nil || there {
			return err
		}
		p.Synthetic = true
		_, err := b.Register.Put(tx, keeper, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		return nil
	})
}
