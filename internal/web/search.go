package web

import (
	"context"
	"regexp"
	"strconv"

	"kechuang/internal/identity"
	"kechuang/internal/search"
)

// searchRoutes find anything that a person may see.
func (s *Server) searchRoutes() {
	handle(s, route{method: "GET", path: "/api/search", id: "search", tell: "Find parties, records, cases and policy in one language: 类型:平台 级别:国家 \"金属波纹管\" 区:浑南 -军工, or pinyin initials; cut to what I may see", access: public},
		func(ctx context.Context, who identity.Actor, in *struct {
			Q     string `query:"q" maxLength:"500"`
			What  string `query:"what" enum:"party,record,case,policy,all" default:"all"`
			Kind  string `query:"kind" doc:"of party, record or mechanism"`
			Skip  int    `query:"skip" minimum:"0" maximum:"1000"`
			Limit int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
		}) (*reply[search.Answer], error) {
			if in.What == "all" {
				in.What = ""
			}
			return answer(s.finder.Search(ctx, who, search.Query{Text: in.Q, What: in.What, Kind: in.Kind, Skip: in.Skip, Limit: in.Limit}))
		})
	handle(s, route{method: "GET", path: "/api/search/words", id: "searchWords", tell: "Complete the last word of a query to a condition or its values", access: public},
		func(_ context.Context, _ identity.Actor, in *struct {
			Q string `query:"q" maxLength:"500"`
		}) (*reply[[]search.Suggestion], error) {
			return answer(s.finder.Suggest(in.Q), nil)
		})
}

// places are how many hits were on earlier pages, as the after of a list that was searched.
var places = regexp.MustCompile(`^[0-9]{1,4}$`)

// found is a page of a list that was searched.
func (s *Server) found(ctx context.Context, who identity.Actor, q search.Query, after string) (hits []search.Hit, next string, err error) {
	if places.MatchString(after) {
		q.Skip, _ = strconv.Atoi(after) // four digits
	}
	a, err := s.finder.Search(ctx, who, q)
	if a.More {
		next = strconv.Itoa(q.Skip + len(a.Hits))
	}
	return a.Hits, next, err
}

// Warm reads the search's index, so that the first question need not wait for it.
func (s *Server) Warm(ctx context.Context) error { return s.finder.Load(ctx) }
