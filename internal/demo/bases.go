package demo

import (
	"encoding/json"
	"fmt"
)

// bases enters the pilot bases that were recognised before the system was there, as the register's keeper does from the notices.
func (b *builder) bases() error {
	for _, v := range []values{
		{"name": "精密仪表中试基地（示例）", "number": "示例-中试-01", "host": "party_demoyibiao", "form": "高校院所主导", "field": "F8", "chain": "C02", "district": "210112",
			"level": "省级", "recognised_on": b.first, "status": "运行", "capacity": "金属波纹管、敏感元件小批量试制和疲劳考核"},
		{"name": "精细化工中试基地（示例）", "number": "示例-中试-02", "host": "party_demohuagong", "form": "高校院所主导", "field": "F4", "chain": "C09", "district": "210106",
			"level": "市级", "recognised_on": b.first, "status": "运行", "capacity": "百吨级连续化反应、精馏"},
	} {
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if _, err := b.Cases.PutRecord(b.ctx, keeper, "pilot_base", "", 0, raw); err != nil {
			return fmt.Errorf("%s: %w", v["name"], err)
		}
	}
	return nil
}
