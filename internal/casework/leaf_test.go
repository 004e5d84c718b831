package casework

import (
	"encoding/json"
	"testing"
)

// TestLeafIsGolden holds the bytes that are hashed: docs/spec/step.md describes them, and old leaves must stay readable for ever.
func TestLeafIsGolden(t *testing.T) {
	full := leafBody{V: 1, Pack: "p", Mechanism: "challenge", Version: "1", Record: "case_1", Part: "bids", Step: "sign", Seat: "solver", Party: "party_1",
		Office: "bureau", Behalf: "acc_2", From: "a", To: "b", Reason: "r", Over: "o", Signed: []string{"poster"},
		Moves: []leafMove{{"case_1", "a", "b"}}, Opened: []leafPart{{"part_1", "bids", "case_1", "drafting"}}, Forms: []leafForm{{"case_1", "need", 2, "f"}},
		Seats: []leafSeat{{Record: "case_1", Seat: "solver", Party: "party_1"}}, Money: []leafMoney{{Kind: "hold", Fund: "grants", Pot: "grant", Party: "party_1", Amount: 100}},
		Facts: []leafFact{{ID: "fact_1", Kind: "signed", Amount: 1, Dims: map[string]string{"b": "2", "a": "1"}}}, Notices: []leafPaper{{"notice_1", "n"}},
		Papers: []leafPaper{{"need", "d"}}, Draws: []leafDraw{{"draw_1", "s", "c", "x"}}, Entered: []leafEntry{{Kind: "achievement", Digest: "e"}}, Commitment: "k",
		Deeds: []leafDeed{{Record: "rec_1", Act: "assignment", Moves: []leafBooked{{"title/rec_1", "party/a", "party/b", 900000}}, Digest: "g"}, {Record: "rec_2", Act: "convert", Day: "2026-11-25"}}}
	for _, c := range []struct {
		leaf leafBody
		want string
	}{
		{leafBody{V: 1, Record: "case_1", Step: "open", Seat: "poster", To: "draft"}, `{"v":1,"record":"case_1","step":"open","seat":"poster","to":"draft"}`},
		{full, `{"v":1,"pack":"p","mechanism":"challenge","version":"1","record":"case_1","part":"bids","step":"sign","seat":"solver","party":"party_1","office":"bureau",` +
			`"behalf":"acc_2","from":"a","to":"b","reason":"r","over":"o","signed":["poster"],"moves":[{"record":"case_1","from":"a","to":"b"}],` +
			`"opened":[{"record":"part_1","part":"bids","parent":"case_1","state":"drafting"}],"forms":[{"record":"case_1","form":"need","version":2,"digest":"f"}],` +
			`"seats":[{"record":"case_1","seat":"solver","party":"party_1"}],"money":[{"kind":"hold","fund":"grants","pot":"grant","party":"party_1","amount":100}],` +
			`"facts":[{"id":"fact_1","kind":"signed","amount":1,"dims":{"a":"1","b":"2"}}],"notices":[{"id":"notice_1","digest":"n"}],"papers":[{"id":"need","digest":"d"}],` +
			`"draws":[{"id":"draw_1","seed":"s","commitment":"c","result":"x"}],"entered":[{"kind":"achievement","digest":"e"}],"commitment":"k",` +
			`"deeds":[{"record":"rec_1","act":"assignment","moves":[{"asset":"title/rec_1","from":"party/a","to":"party/b","amount":900000}],"digest":"g"},{"record":"rec_2","act":"convert","day":"2026-11-25"}]}`},
	} {
		got, err := json.Marshal(c.leaf)
		if err != nil || string(got) != c.want {
			t.Errorf("%s %v\nwant %s", got, err, c.want)
		}
	}
}
