package demo

import (
	"time"
)

// coating is the patent of 王娜's team that the sources name.
const coating = "王娜团队涂层专利"

// history is what happened before the tales: a university contributes its coating patent as capital at six million, of which the team gets
// nine tenths of the shares; and one of its people is evaluated by peers.
func (b *builder) history() error {
	patent, err := b.patent()
	if err != nil {
		return err
	}
	s := &story{b: b, tale: tale{name: "tuceng", poster: "gaoxiao", mechanism: "conversion"}}
	if err := s.open(); err != nil {
		return err
	}
	err = s.act("gaoxiao", "submit", values{"title": "涂层专利作价入股", "patent": patent, "mode": "作价投资", "pricing": "协议定价", "price": "600万元", "partner": "沈阳某涂层科技有限公司",
		"related": false, "owners": true, "value": s.paper("gaoxiao", "评估报告"), "minutes": s.paper("gaoxiao", "集体决策纪要")})
	if err != nil {
		return err
	}
	b.clock.Store(past.AddDays(17).Start().Add(9 * time.Hour).UnixMicro()) // the notice of fifteen days is over
	if _, err := b.Cases.Tick(b.ctx); err != nil {
		return err
	}
	if err := s.act("gaoxiao", "offer", values{"buyer": "party_demotuceng", "price": "600万元", "scope": "不适用", "until": "2041-05-18", "region": "中国", "text": s.paper("gaoxiao", "作价投资协议")}); err != nil {
		return err
	}
	for _, who := range []string{"gaoxiao", "tuceng"} {
		if err := s.act(who, "sign", nil); err != nil {
			return err
		}
	}
	err = s.act("gaoxiao", "found", values{"name": "沈阳某涂层科技有限公司", "uscc": code("1", "210106", "DEMQ00025"), "capital": "1000万元", "unit_shares": 600_000,
		"team":    []values{{"person": PersonOf("wangna"), "shares": 5_400_000}},
		"others":  []values{{"party": "party_demojijin", "shares": 4_000_000, "paid": "400万元"}},
		"licence": s.paper("gaoxiao", "营业执照"), "moved": s.paper("gaoxiao", "权属变更证明")})
	if err != nil {
		return err
	}
	return b.evaluated(past.AddDays(18))
}

// patent enters the patent as the register's keeper does by hand.
func (b *builder) patent() (string, error) {
	return b.entry("achievement", map[string]any{"title": coating, "form": "发明专利", "holder": "party_demohuagong", "status": "有效", "field": "F4", "expires": "2041-05-18"})
}
