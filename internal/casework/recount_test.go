package casework

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// wordings are editions of the counted pack that count platforms by other words.
func wordings(t *testing.T) (list []*edition) {
	t.Helper()
	for _, words := range []string{"where: {status: [运行]}, dims: {level: level", "where: {status: [运行, 停]}, dims: {level: status", "where: {status: [停]}, dims: {name: name, level: level"} {
		files := counted(t).(fstest.MapFS)
		kinds := strings.Replace(string(files["kinds.yaml"].Data), "where: {status: [运行]}, dims: {level: level", words, 1)
		if kinds == string(files["kinds.yaml"].Data) && len(list) > 0 {
			t.Fatal("the pack does not hold the words")
		}
		files["kinds.yaml"] = &fstest.MapFile{Data: []byte(kinds)}
		pack, findings := policy.Load(files)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		list = append(list, &edition{Pack: pack, files: files})
	}
	return list
}

// TestRecountKilled counts anew in pieces of a few records, by two processes, any of which is killed before a commit or after it, while
// records are entered and renamed and yet another edition comes in force or the old one comes back: in the end every record counts once, by
// the words in force.
func TestRecountKilled(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		c := cityUnder(t, db, counted(t))
		db.SetClock(nil) // two processes read it at once
		r := rand.New(rand.NewPCG(11, 26))
		src := register.Source{Who: "登记员", From: register.FromImport, Import: "imp_1", Verified: true}
		var ids []string
		enter := func() {
			c.write(func(tx *store.Tx) error {
				rec, err := c.e.Register.EnterRecord(tx, c.e.Register.Kind("platform"), src, "", said(map[string]any{"name": fmt.Sprint("平台", len(ids)),
					"host": c.poster, "level": []string{"市", "国家"}[r.IntN(2)], "from": "2023-05-10", "status": []string{"运行", "停"}[r.IntN(2)]}))
				ids = append(ids, rec.ID)
				return err
			})
		}
		for range 9 {
			enter()
		}
		_, err := c.e.Recount(c.ctx)
		c.ok(err)
		editions, killed := wordings(t), errors.New("killed")
		for round := range 30 {
			ed := editions[r.IntN(len(editions))]
			c.e.seen.Store(ed)
			c.e.recounted.Store(nil) // as of a process that begins again
			raw, err := json.Marshal(ed.Kinds["platform"].Counts)
			c.ok(err)
			for range r.IntN(8) {
				dies := r.IntN(3) == 0
				err := db.WriteSnapshot(c.ctx, func(tx *store.Tx) error {
					_, _, err := c.e.recountSome(tx, ed, "platform", string(raw), 1+r.IntN(4))
					if err == nil && dies {
						return killed
					}
					return err
				})
				if err != nil && !errors.Is(err, killed) {
					t.Fatal(err)
				}
				switch r.IntN(6) {
				case 0:
					enter()
				case 1:
					id := ids[r.IntN(len(ids))]
					c.write(func(tx *store.Tx) error {
						_, err := c.e.Register.UpdateRecord(tx, c.e.Register.Kind("platform"), src, id, said(map[string]any{"name": fmt.Sprint("改名", round, id)}), true)
						return err
					})
				case 2:
					_, err := c.e.Book().Roll(c.ctx, db)
					c.ok(err)
				}
			}
			if r.IntN(2) == 0 {
				continue // the next edition comes in force before this one has counted all
			}
			done := make(chan error, 1)
			go func() { _, err := c.e.Recount(c.ctx); done <- err }()
			_, err = c.e.Recount(c.ctx)
			c.ok(errors.Join(err, <-done))
			c.everyRecordOnce(ed, ids)
		}
	})
}

// everyRecordOnce checks that of each platform exactly that stands which the edition's words say, and that the figure is their number.
func (c *city) everyRecordOnce(ed *edition, ids []string) {
	c.t.Helper()
	k, total := ed.Kinds["platform"], int64(0)
	c.ok(c.e.DB.Read(c.ctx, func(tx *store.Tx) error {
		total = 0
		for _, id := range ids {
			rec, err := c.e.Register.GetRecord(tx, id)
			if err != nil {
				return err
			}
			v, err := countable(k, rec)
			if err != nil {
				return err
			}
			want, err := k.Counts[0].Of(v, func(d policy.CountDim, id string) (string, error) {
				return c.e.countDim(tx, k.Field(d.Field), d.Attribute, id)
			})
			if err != nil {
				return err
			}
			stands, err := c.e.Facts.OfRecord(tx, id)
			if err != nil {
				return err
			}
			n := 0
			if want != nil {
				n, total = 1, total+1
			}
			if len(stands) != n || n == 1 && !want.Same(&policy.Counted{Day: stands[0].Day, Until: stands[0].Until, Amount: stands[0].Amount, Dims: ownDims(k.Counts[0], stands[0].Dims)}) {
				c.t.Errorf("%s %s: stands %+v, want %+v", id, rec.Values.Text("status"), stands, want)
			}
		}
		v, err := c.e.Book().Value(tx, "ever", figure.At{Day: caldate.On(c.now)})
		if err == nil && *v.Value != total {
			c.t.Errorf("the figure is %d, %d records count", *v.Value, total)
		}
		return err
	}))
}
