// Package ui embeds the built interface. Vite writes it to dist/app; a bare clone holds only dist/.keep, so that the module
// builds without Node and the server says how to build the interface instead.
package ui

import "embed"

// Dist is the folder dist, with app/ inside once the interface was built.
//
//go:embed all:dist
var Dist embed.FS
