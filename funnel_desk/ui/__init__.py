"""What is on screen: the window, its views, and the bridge to what can be done."""

from funnel_desk.ui.singletons import keep_singletons_alive

keep_singletons_alive()  # before the first call of Qt
