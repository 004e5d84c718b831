package casework

import (
	"context"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/store"
	"kechuang/packs"
)

// TestRests: a researcher's page lists the works that were handed in within parts of the evaluation, with the record of the register that
// stands behind each, to whoever may read them in the case: not to the public, nor to whom the case is none of their business, and never
// what was taken back or turned down.
func TestRests(t *testing.T) {
	t.Parallel()
	pack := shenyang(t)
	list, err := play.Load(packs.Shenyang(), pack)
	if err != nil {
		t.Fatal(err)
	}
	var f *play.File
	for _, x := range list {
		if x.Mechanism == "talent_evaluation" {
			f = x
		}
	}
	if f == nil {
		t.Fatal("no stories of talent_evaluation")
	}
	w := theatre(t, pack, store.SQLite)
	story, err := play.Parse("rests.txtar", []byte("-- all --\ncandidate submit · candidate works.add · candidate works.add · candidate works.add → stated\ncandidate works#3.drop → dropped\ncandidate hand_in · unit works#1.verify · unit works#2.doubt 说 \"署名不符\" → doubted\n"), pack, f.Mechanism)
	if err != nil {
		t.Fatal(err)
	}
	if line, err := play.RunOne(f, story.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	w.e.Register.RegisterKinds(recordKinds(pack))
	person := w.PartyID("王娜")
	sits := func(name string) identity.Actor { return w.actor(name, policy.Holder{Party: w.PartyID(name)}) }
	for name, c := range map[string]struct {
		actor identity.Actor
		works int
	}{
		"the researcher":          {sits("王娜"), 1},
		"the institution":         {sits("东北大学"), 1},
		"the office":              {identity.Actor{Account: "rencai", Offices: []string{"bureau.talent"}}, 1},
		"an auditor":              {identity.Actor{Account: "shenji", Roles: []string{identity.RoleAuditor}}, 1},
		"an expert not on it":     {sits("专家七"), 0},
		"an office without seats": {identity.Actor{Account: "other", Offices: []string{"bureau.none"}}, 0},
	} {
		links, err := w.e.PartyLinks(context.Background(), c.actor, person)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		works := 0
		for _, r := range links.Rests {
			if r.Part.ZH == "" {
				continue
			}
			works++
			if r.Called != "波纹管成形专利" || r.Record.Name != "波纹管成形" || r.Number != 1 || r.State.Name != "verified" || r.Case != w.id {
				t.Errorf("%s reads %+v", name, r)
			}
		}
		if works != c.works {
			t.Errorf("%s reads %d works, want %d: %+v", name, works, c.works, links.Rests)
		}
		if c.works == 0 && len(links.Rests) > 0 {
			t.Errorf("%s reads %+v", name, links.Rests)
		}
	}
	// The institution verified them and chose none.
	links, err := w.e.PartyLinks(context.Background(), sits("东北大学"), w.PartyID("东北大学"))
	if err != nil || len(links.Rests) != 0 {
		t.Errorf("the institution rests on %+v %v", links, err)
	}
}
