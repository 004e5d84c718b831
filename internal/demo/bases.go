package demo

import (
	"encoding/json"
	"fmt"
)

// bases enters the pilot bases and instruments that were there before the system, as the register's keeper does from the notices.
func (b *builder) bases() error {
	if err := b.keep("pilot_base", []values{
		{"name": "精密仪表中试基地（示例）", "number": "示例-中试-01", "host": "party_demoyibiao", "form": "高校院所主导", "field": "F8", "chain": "C02", "district": "210112",
			"level": "省级", "recognised_on": b.first, "status": "运行", "capacity": "金属波纹管、敏感元件小批量试制和疲劳考核"},
		{"name": "精细化工中试基地（示例）", "number": "示例-中试-02", "host": "party_demohuagong", "form": "高校院所主导", "field": "F4", "chain": "C09", "district": "210106",
			"level": "市级", "recognised_on": b.first, "status": "运行", "capacity": "百吨级连续化反应、精馏"},
	}); err != nil {
		return err
	}
	return b.keep("instrument", []values{
		{"name": "场发射扫描电子显微镜（示例）", "number": "示例-仪器-01", "model": "SEM-5", "class": "I01", "value": 2_700_000_00, "started": b.first, "fiscal": true, "owner": "party_demodongda", "district": "210112",
			"place": "浑南校区分析测试中心", "field": "F4", "specs": "分辨率 0.8 nm", "functions": "断口、组织和成分分析", "sharing": "对外共享", "service": "均可", "fee": "机时费每小时 400 元", "hourly": 400_00, "days": 220, "status": "在用"},
		{"name": "高频疲劳试验机（示例）", "number": "示例-仪器-02", "model": "HF-100", "class": "I02", "value": 1_200_000_00, "started": b.first, "owner": "party_demoyibiao", "district": "210112",
			"place": "力学试验室", "field": "F8", "specs": "100 kN，80 至 250 Hz", "functions": "金属材料和弹性元件疲劳试验", "sharing": "对外共享", "service": "代为测试", "fee": "每件 1500 元", "hourly": 300_00, "days": 200, "status": "在用"},
	})
}

// keep enters records by hand.
func (b *builder) keep(kind string, list []values) error {
	for _, v := range list {
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if _, err := b.Cases.PutRecord(b.ctx, keeper, kind, "", 0, raw); err != nil {
			return fmt.Errorf("%s: %w", v["name"], err)
		}
	}
	return nil
}
