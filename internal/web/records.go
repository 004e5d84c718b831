package web

import (
	"bytes"
	"context"
	"encoding/json"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/store"
)

type (
	// RecordList is one page of records.
	RecordList struct {
		Items []casework.RecordItem `json:"items"`
		Next  string                `json:"next,omitempty"`
	}
	// KindView is a kind of record with how many there are.
	KindView struct {
		*register.RecordKind
		Count int64  `json:"count"`
		Sheet string `json:"sheet" doc:"the kind of its workbook"`
		Hand  bool   `json:"hand" doc:"owners may hand in their own, which wait for review"`
	}
	// NewRecord is a record entered by hand.
	NewRecord struct {
		Kind   string                     `json:"kind"`
		Values map[string]json.RawMessage `json:"values"`
	}
	// RecordChange is what becomes different; a field that is null is emptied.
	RecordChange struct {
		Revision int64                      `json:"revision"`
		Values   map[string]json.RawMessage `json:"values"`
	}
	// ClaimDecision takes or refuses a claim that stands beside another.
	ClaimDecision struct {
		Field string `json:"field"`
		Seq   int64  `json:"seq"`
		Take  bool   `json:"take"`
	}
)

// recordRoutes are what the register holds beside parties: kinds, records, what is said of them.
func (s *Server) recordRoutes() {
	handle(s, route{method: "GET", path: "/api/kinds", id: "kinds", tell: "What the register holds beside parties, with how many there are", access: signedIn},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]KindView], error) {
			counts, err := read(ctx, s, func(tx *store.Tx) (map[string]int64, error) { return s.register.CountRecords(tx) })
			list := []KindView{}
			for _, k := range s.register.Kinds() {
				list = append(list, KindView{k, counts[k.Name], register.RecordSheet(k.Name), k.HandIn()})
			}
			return answer(list, err)
		})
	handle(s, route{method: "GET", path: "/api/records", id: "records", tell: "List records of the register, or search them in the language of /api/search, cut to what I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			Q       string `query:"q" maxLength:"200"`
			Kind    string `query:"kind"`
			Owner   string `query:"owner" doc:"id of a party"`
			Retired bool   `query:"retired" doc:"those that are retired, too"`
			After   string `query:"after"`
			Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[RecordList], error) {
			if in.Q != "" && in.Owner == "" && !in.Retired {
				a, next, err := s.found(ctx, who, search.Query{Text: in.Q, What: search.Record, Kind: in.Kind, Limit: in.Limit}, in.After)
				return answer(RecordList{each(a, func(h search.Hit) casework.RecordItem {
					return casework.RecordItem{Record: *h.Record, OwnerName: h.Note}
				}), next}, err)
			}
			list, next, err := s.cases.Records(ctx, who, register.RecordQuery{Text: in.Q, Kind: in.Kind, Owner: in.Owner, Retired: in.Retired, After: in.After, Limit: in.Limit})
			return answer(RecordList{list, next}, err)
		})
	handle(s, route{method: "POST", path: "/api/records", id: "createRecord", tell: "Enter a record by hand", access: roles("register"), status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NewRecord }) (*reply[*casework.RecordPage], error) {
			raw, err := json.Marshal(in.Body.Values)
			if err != nil {
				return nil, err
			}
			return answer(s.cases.PutRecord(ctx, who, in.Body.Kind, "", 0, raw))
		})
	handle(s, route{method: "GET", path: "/api/records/{id}", id: "record", tell: "A record with what was said of it and the cases behind it, cut to what I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *recordInput) (*reply[*casework.RecordPage], error) {
			return answer(s.cases.Record(ctx, who, in.ID))
		})
	handle(s, route{method: "PUT", path: "/api/records/{id}", id: "putRecord", tell: "Change fields of a record; what an owner says against a verified field waits beside it", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body RecordChange
		}) (*reply[*casework.RecordPage], error) {
			page, err := s.cases.Record(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			raw, err := json.Marshal(in.Body.Values)
			if err != nil {
				return nil, err
			}
			return answer(s.cases.PutRecord(ctx, who, page.Kind.Name, in.ID, in.Body.Revision, raw))
		})
	handle(s, route{method: "POST", path: "/api/records/{id}/claims", id: "settleClaim", tell: "Decide between what stands of a field and what is said beside it", access: roles("register")},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body ClaimDecision
		}) (*reply[*casework.RecordPage], error) {
			return answer(s.cases.Settle(ctx, who, in.ID, in.Body.Field, in.Body.Seq, in.Body.Take))
		})
	handle(s, route{method: "GET", path: "/api/records/{id}/calendar", id: "calendar", tell: "The days of a record that cases have taken; whose, only where I may see the case", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID    string `path:"id"`
			From  string `query:"from" required:"true" doc:"first day"`
			Until string `query:"until" required:"true" doc:"last day"`
		}) (*reply[*casework.Calendar], error) {
			return answer(s.cases.Calendar(ctx, who, in.ID, caldate.Date(in.From), caldate.Date(in.Until)))
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/marks", id: "marks", tell: "The mark sheets of a case: who gave what for each question, with means, the latest round first", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *recordInput) (*reply[[]casework.MarkSheet], error) {
			list, _, err := s.cases.Marks(ctx, who, in.ID)
			return answer(list, err)
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/marks.xlsx", id: "marksWorkbook", tell: "The mark sheets of a case as a workbook", access: signedIn, media: xlsx},
		func(ctx context.Context, who identity.Actor, in *recordInput) (*file, error) {
			list, title, err := s.cases.Marks(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = casework.WriteMarks(&b, title, list, languageOf(ctx))
			return &file{ContentType: xlsx, Disposition: attachment(title + ".xlsx"), Body: b.Bytes()}, err
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/thread", id: "thread", tell: "The cases and records that belong together with a case, with money and dates, cut to what I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *recordInput) (*reply[*casework.Thread], error) {
			return answer(s.cases.Thread(ctx, who, in.ID))
		})
}

type recordInput struct {
	ID string `path:"id"`
}
