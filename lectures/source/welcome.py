# %% [markdown] lang="en" id="welcome"
# # Customer relationship management
#
# Welcome. This course lets you try out what it teaches: a simulator stands beside every page, with customers who expect, buy, judge, complain, stay, leave and come back.
#
# | Start here | What you do | Minutes |
# |---|---|---|
# | [Lecture: customer satisfaction](L5_satisfaction.ipynb) | decide first, then see what your decision does | 90 |
# | [The scenario lab](scenario_lab.ipynb) | move six levers of a firm and watch three years | 30 |
# | Assignment A3: grading customers, opened below | grade a dairy's dealers by rule and by worth, then judge | 210 |

# %% [markdown] lang="zh" ack="3ed2a1.d1ca92"
# # 客户关系管理
#
# 欢迎。这门课讲的东西，你都可以亲手试一试：每一页旁边都有一个模拟器（simulator），里面的客户有期望、会购买、会评价、会投诉，有人留下，有人离开，有人又回来。
#
# | 从这里开始 | 你做什么 | 分钟 |
# |---|---|---|
# | [课程：客户满意](L5_satisfaction.ipynb) | 先作决定，再看这个决定带来什么 | 90 |
# | [情景实验室](scenario_lab.ipynb) | 移动一家企业的六项政策，观察三年的变化 | 30 |
# | 作业 A3：客户的分级，入口见下 | 先按规则、再按价值给一家乳品公司的经销商分级，然后作出判断 | 210 |

# %% [markdown] lang="en" id="assignment" audience="student"
# **Your assignment**: [A3 Grading customers](../../assignments/A3/A3_grading.ipynb). Answer in the marked cells, and run the check below each answer: it tells what came and what was expected in kind. You hand in the notebook itself.

# %% [markdown] lang="zh" ack="1e5d69.67def5"
# **你的作业**：[A3 客户的分级](../../assignments/A3/A3_grading.ipynb)。在标出的单元格里作答，再运行每题下面的检查：它会告诉你得到了什么、应该是哪一类结果。上交的就是这份笔记本。

# %% [markdown] lang="en" id="assignment-release" audience="instructor"
# **Assignment A3** was released when the course first started: [open what students get](../../class/release/LANGUAGE/A3/A3_grading.ipynb). Its master, with the solution, is `course/assignments/A3_grading.py`. After a change, release it again in a terminal (File → New → Terminal):
#
# ```bash
# autograde release A3
# ```
#
# Folded notes like this one are for you; the student kit leaves them out.

# %% [markdown] lang="zh" ack="f05ddc.5f8c49"
# **作业 A3** 在课程第一次启动时已经发布：[打开学生拿到的版本](../../class/release/LANGUAGE/A3/A3_grading.ipynb)。母本是 `course/assignments/A3_grading.py`，其中有解答。修改之后，请在终端（“文件”→“新建”→“终端”）里重新发布：
#
# ```bash
# autograde release A3
# ```
#
# 像这样折叠起来的说明是写给你的，学生包里没有。

# %% [markdown] lang="en" id="first-run"
# ## Your first simulation
#
# This page is a notebook: click a cell with code and press Shift+Enter to run it. The first cell chooses the language. The second one simulates a telecom operator in three lines: 20,000 customers and prospects, 36 months.
#
# Before you run it, guess: will the operator have more customers after three years, or fewer?

# %% [markdown] lang="zh" ack="e95810.aadf1d"
# ## 第一次模拟
#
# 这一页是笔记本：点一下有代码的单元格，按 Shift+Enter 运行。第一个单元格选择语言；第二个单元格用三行代码模拟（simulation）一家电信运营商：两万名客户与潜在客户，36 个月。
#
# 运行之前先猜一猜：三年之后，这家运营商的客户是多了还是少了？

# %% tags=["setup"]
from crm_sim import text
text.use(LANGUAGE);

# %% id="three-lines"
import crm_sim as crm
run = crm.simulate(crm.load("telecom"), customers=20_000, months=36, seed=1)
run.plot()

# %% [markdown] lang="en" id="reading"
# Four charts, as a manager would look at them: who came and went, what was earned, what the satisfaction survey says, and how many complaints there were. The same in words and as a table:

# %% [markdown] lang="zh" ack="27eecf.c130e0"
# 四幅图，正是管理者首先要看的：谁来了谁走了，赚了多少，满意度调查（satisfaction survey）怎么说，有多少投诉（complaint）。下面是同样内容的文字和表格：

# %%
from crm_sim import plots
print(plots.describe(run.kpis))
run.kpis[["active", "acquired", "lost", "profit", "csat", "complaints"]].iloc[::6].round(0)

# %% [markdown] lang="en" id="doubt"
# Behind these figures stand single people. Here is the story of one of them, which a real firm never gets to see. Change the number to meet somebody else; change `seed` above, and all of them have other luck.

# %% [markdown] lang="zh" ack="9db978.ddae54"
# 这些数字背后是一个个的人。下面是其中一位的故事，现实中的企业永远看不到。换一个编号，就会遇见另一个人；改变上面的 `seed`，所有人的运气都会不同。

# %%
run.trace(37).plot()
