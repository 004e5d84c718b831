package web

import (
	"context"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/store"
)

type (
	// DueList is one page of records that run out.
	DueList struct {
		Items []casework.DueItem `json:"items"`
		Next  string             `json:"next,omitempty"`
	}
	// MergeRequest makes one of two that were entered twice, or says that they are two.
	MergeRequest struct {
		What   string `json:"what" enum:"party,record"`
		Stays  string `json:"stays" doc:"id of the one that stays"`
		Goes   string `json:"goes" doc:"id of the one that goes into it"`
		Reason string `json:"reason" maxLength:"400"`
		DryRun bool   `json:"dryRun,omitempty" doc:"tell what would follow, and write nothing"`
	}
	// DistinctRequest says that two are not one.
	DistinctRequest struct {
		A      string `json:"a"`
		B      string `json:"b"`
		Reason string `json:"reason" maxLength:"400"`
	}
	// OwnerClaim says for a party that a record is its own.
	OwnerClaim struct {
		Party  string `json:"party"`
		Reason string `json:"reason" maxLength:"400"`
	}
	// Verification is made of a record as it was read.
	Verification struct {
		Revision int64 `json:"revision"`
	}
)

// workRoutes are the work lists of whoever keeps the register, and what is done from them.
func (s *Server) workRoutes() {
	keepers := roles(identity.RoleRegister, identity.RoleAuditor)
	handle(s, route{method: "GET", path: "/api/work/duplicates", id: "duplicates", tell: "Pairs that may have been entered twice, with reasons, the likeliest first", access: keepers},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Kind string `query:"kind" doc:"a kind of record; without one, parties"`
		}) (*reply[[]search.Duplicate], error) {
			return answer(s.finder.Duplicates(ctx, in.Kind))
		})
	handle(s, route{method: "GET", path: "/api/work/contested", id: "contested", tell: "What is said against what stands, and waits for a decision", access: keepers},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.Contested], error) {
			return answer(s.cases.Contested(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/work/expiring", id: "expiring", tell: "Records that run out within some days, or ran out and were not ended", access: keepers},
		func(ctx context.Context, who identity.Actor, in *struct {
			Kind  string `query:"kind"`
			Days  int    `query:"days" minimum:"0" maximum:"3650" default:"90"`
			After string `query:"after"`
			Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[DueList], error) {
			today := caldate.On(s.now())
			list, next, err := s.register.Expiring(ctx, in.Kind, today.AddDays(in.Days), in.After, in.Limit)
			if err != nil {
				return nil, err
			}
			items := each(list, func(d register.Due) casework.DueItem {
				return casework.DueItem{RecordItem: casework.RecordItem{Record: d.Record}, Day: string(d.Day), Past: d.Day < today}
			})
			return answer(DueList{items, next}, nil)
		})
	handle(s, route{method: "GET", path: "/api/work/unverified", id: "unverified", tell: "Records of which some field is said by nobody who stands for it", access: keepers},
		func(ctx context.Context, who identity.Actor, in *struct {
			Kind  string `query:"kind"`
			After string `query:"after"`
			Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[RecordList], error) {
			list, next, err := s.register.Unverified(ctx, in.Kind, in.After, in.Limit)
			return answer(RecordList{each(list, func(r register.Record) casework.RecordItem { return casework.RecordItem{Record: r} }), next}, err)
		})
	handle(s, route{method: "POST", path: "/api/merges", id: "merge", tell: "Make one of two that were entered twice: the old id lives on, cases and facts keep what they say", access: roles(identity.RoleRegister)},
		func(ctx context.Context, who identity.Actor, in *struct{ Body MergeRequest }) (*reply[casework.MergeResult], error) {
			b := in.Body
			out, err := s.cases.Merge(ctx, who, casework.MergeCommand{What: b.What, Stays: b.Stays, Goes: b.Goes, Reason: b.Reason, DryRun: b.DryRun})
			s.finder.Decided()
			return answer(out, err)
		})
	handle(s, route{method: "POST", path: "/api/distinctions", id: "distinguish", tell: "Say that two are not one, so that nobody is asked again", access: roles(identity.RoleRegister), status: 204},
		func(ctx context.Context, who identity.Actor, in *struct{ Body DistinctRequest }) (*none, error) {
			err := s.db.Write(ctx, func(tx *store.Tx) error {
				return s.register.MarkDistinct(tx, who, in.Body.A, in.Body.B, in.Body.Reason)
			})
			s.finder.Decided()
			return nil, err
		})
	handle(s, route{method: "POST", path: "/api/records/{id}/ownership", id: "claimOwner", tell: "Say for a party of mine that a record is its own; whoever keeps the register decides", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body OwnerClaim
		}) (*reply[*casework.RecordPage], error) {
			return answer(s.cases.ClaimOwner(ctx, who, in.ID, in.Body.Party, in.Body.Reason))
		})
	handle(s, route{method: "POST", path: "/api/records/{id}/verification", id: "verifyRecord", tell: "Stand for all that a record says", access: roles(identity.RoleRegister)},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body Verification
		}) (*reply[*casework.RecordPage], error) {
			return answer(s.cases.VerifyRecord(ctx, who, in.ID, in.Body.Revision))
		})
	handle(s, route{method: "GET", path: "/api/parties/{id}/links", id: "partyLinks", tell: "Cases, records, units and money of a party, cut to what I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *partyInput) (*reply[*casework.PartyLinks], error) {
			return answer(s.cases.PartyLinks(ctx, who, in.ID))
		})
}
